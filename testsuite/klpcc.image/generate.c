// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes small kernel images for the tests: see generate.h.
 */
#include "generate.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOKENS 256
#define NAME_SIZE 512
#define FIRST_PAIR 0x80 /* codes from here on stand for more than one character */
/* Where generate_image() puts things into the noise at the start of the segment. EXPORTS is
 * between the addresses of symbol 99 and symbol 106. */
#define EXPORTS 0x1630
#define STRINGS 0x1700
#define BANNER 0x1800
#define NOTES 0x1900
#define EXPORT_SIZE 12
#define TWICE (GENERATE_EXPORTS * EXPORT_SIZE)
#define HALF (TWICE / 2)

#define SEGMENT 0x1000 /* offset in the ELF file */
#define ROOM ((size_t)4 << 20)

struct writer {
	struct generated out;
	const struct generate_options *options;
};

static void put(struct writer *writer, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		size_t shift = 8 * (writer->options->big_endian ? size - 1 - i : i);

		writer->out.data[writer->out.size++] = (unsigned char)(value >> shift);
	}
	if (writer->out.size > ROOM - 65536)
		abort();
}

static void put_bytes(struct writer *writer, const void *data, size_t size)
{
	memcpy(writer->out.data + writer->out.size, data, size);
	writer->out.size += size;
}

static size_t label(struct writer *writer)
{
	size_t to = writer->options->kernel == GENERATE_7_0 ? 4 : 8;

	while (writer->out.size % to)
		put(writer, 0, 1);
	return writer->out.size;
}

const char *generate_name(enum generate_kernel kernel)
{
	static const char *const names[GENERATE_KERNELS] = {
		"5.10 absolute", "5.10 base",    "5.10 per-cpu", "6.1", "6.2",
		"6.4",           "6.4 absolute", "6.15",         "7.0",
	};

	return names[kernel];
}

static bool percpu_at_zero(enum generate_kernel kernel)
{
	return kernel == GENERATE_5_10_PERCPU || kernel == GENERATE_6_1 ||
	       kernel == GENERATE_6_2 || kernel == GENERATE_6_4;
}

static bool absolute(enum generate_kernel kernel)
{
	return kernel == GENERATE_5_10_ABSOLUTE || kernel == GENERATE_6_4_ABSOLUTE;
}

void generate_symbol(const struct generate_options *options, size_t i, char *name,
		     char *letter, uint64_t *address)
{
	static const char letters[] = "tTtTdDbBrRwWV?A";
	/* Marks of the linker script, by which the tables of exports can be found. */
	static const struct {
		const char *name;
		size_t place, place_with_flags;
	} marks[] = {
		{ "__start___ksymtab", 0, 0 },
		{ "__stop___ksymtab", HALF, TWICE },
		{ "__start___ksymtab_gpl", HALF, TWICE },
		{ "__stop___ksymtab_gpl", TWICE, TWICE },
		{ "__start___kflagstab", TWICE, TWICE },
		{ "__stop___kflagstab", TWICE, TWICE + GENERATE_EXPORTS },
	};
	bool percpu = percpu_at_zero(options->kernel) && i < 20;

	*letter = letters[i % (sizeof(letters) - 1)];
	*address = percpu ? i * 8 : GENERATE_ADDRESS + 0x1000 + i / 3 * 48;
	snprintf(name, NAME_SIZE, "func_%zu", i);
	if (i % 10 == 3)
		snprintf(name, NAME_SIZE, "dup_%zu.isra.0", i % 7);
	if (i >= 100 && i < 100 + sizeof(marks) / sizeof(marks[0])) {
		size_t place = options->flags ? marks[i - 100].place_with_flags
					      : marks[i - 100].place;

		strcpy(name, marks[i - 100].name);
		*letter = 'R';
		*address = GENERATE_ADDRESS + EXPORTS + place;
	}
	if (i == options->count / 2 && options->kernel >= GENERATE_6_1) {
		memset(name, 'x', 300);
		strcpy(name + 300, "");
	}
}

static struct {
	char text[16];
	size_t length;
} tokens[TOKENS];

/* The text of code c: itself, or a pair that names often have. */
static void token_text(size_t c, char *text)
{
	static const char *const pairs[] = { "func_", "Tfunc_", "dup_", ".isra.",
					     "__st" };

	if (c < FIRST_PAIR) {
		text[0] = c > ' ' && c < 0x7f ? (char)c : 'q';
		text[1] = '\0';
		return;
	}
	if (c - FIRST_PAIR < sizeof(pairs) / sizeof(pairs[0])) {
		strcpy(text, pairs[c - FIRST_PAIR]);
		return;
	}
	sprintf(text, "%c%c", 'a' + (int)(c % 26), 'a' + (int)(c / 26));
}

static void tokens_init(void)
{
	for (size_t c = 0; c < TOKENS; c++) {
		token_text(c, tokens[c].text);
		tokens[c].length = strlen(tokens[c].text);
	}
}

/* Greedy: the longest token from FIRST_PAIR on that fits, else the character. */
static size_t compress(const char *text, unsigned char *out)
{
	size_t used = 0;

	while (*text) {
		size_t best = (unsigned char)*text, best_length = 1;

		for (size_t c = FIRST_PAIR; c < TOKENS; c++) {
			if (tokens[c].length > best_length &&
			    !strncmp(text, tokens[c].text, tokens[c].length)) {
				best = c;
				best_length = tokens[c].length;
			}
		}
		out[used++] = (unsigned char)best;
		text += best_length;
	}
	return used;
}

static void write_names(struct writer *writer)
{
	const struct generate_options *options = writer->options;
	uint32_t *markers = calloc(options->count / 256 + 1, sizeof(*markers));
	size_t used = 0;

	writer->out.num_syms = label(writer);
	put(writer, options->count, 4);
	writer->out.names = label(writer);
	for (size_t i = 0; i < options->count; i++) {
		char text[512], letter;
		unsigned char codes[512];
		uint64_t address;
		size_t length;

		if (i % 256 == 0)
			markers[used++] =
				(uint32_t)(writer->out.size - writer->out.names);
		generate_symbol(options, i, text + 1, &letter, &address);
		text[0] = letter;
		length = compress(text, codes);
		if (length > 0x7f && options->kernel >= GENERATE_6_1) {
			put(writer, (length & 0x7f) | 0x80, 1);
			put(writer, length >> 7, 1);
		} else {
			put(writer, length, 1);
		}
		put_bytes(writer, codes, length);
	}
	writer->out.markers = label(writer);
	for (size_t i = 0; i < used; i++)
		put(writer, markers[i], 4);
	free(markers);
}

static void write_seqs(struct writer *writer)
{
	label(writer);
	for (size_t i = 0; i < writer->options->count; i++) {
		put(writer, i >> 16 & 0xff, 1);
		put(writer, i >> 8 & 0xff, 1);
		put(writer, i & 0xff, 1);
	}
}

static void write_tokens(struct writer *writer)
{
	uint16_t index[TOKENS];

	writer->out.token_table = label(writer);
	for (size_t c = 0; c < TOKENS; c++) {
		index[c] = (uint16_t)(writer->out.size - writer->out.token_table);
		put_bytes(writer, tokens[c].text, tokens[c].length + 1);
	}
	writer->out.token_index = label(writer);
	for (size_t c = 0; c < TOKENS; c++)
		put(writer, index[c], 2);
}

static uint64_t base_of(const struct generate_options *options)
{
	size_t first = percpu_at_zero(options->kernel) ? 20 : 0;
	char name[512], letter;
	uint64_t address;

	generate_symbol(options, first, name, &letter, &address);
	return address;
}

static void write_values(struct writer *writer)
{
	const struct generate_options *options = writer->options;
	uint64_t base = base_of(options);

	writer->out.values = label(writer);
	for (size_t i = 0; i < options->count; i++) {
		uint64_t address, place = GENERATE_ADDRESS + writer->out.size;
		char name[512], letter;

		generate_symbol(options, i, name, &letter, &address);
		if (absolute(options->kernel))
			put(writer, address, 8);
		else if (options->kernel == GENERATE_7_0)
			put(writer, address - place, 4);
		else if (!percpu_at_zero(options->kernel))
			put(writer, address - base, 4);
		else
			put(writer, i < 20 ? address : base - address - 1, 4);
	}
	if (absolute(options->kernel) || options->kernel == GENERATE_7_0)
		return;
	writer->out.base = label(writer);
	put(writer, base, 8);
}

/* Bytes that look like nothing in particular, the same in every run. */
static void write_noise(struct writer *writer, size_t size)
{
	uint32_t state = 12345;

	for (size_t i = 0; i < size; i++) {
		state = state * 1664525 + 1013904223;
		put(writer, state >> 24, 1);
	}
}

static void write_tables(struct writer *writer)
{
	enum generate_kernel kernel = writer->options->kernel;
	bool behind = kernel >= GENERATE_6_4;

	write_noise(writer, 8192);
	if (!behind)
		write_values(writer);
	write_names(writer);
	if (kernel == GENERATE_6_2)
		write_seqs(writer);
	write_tokens(writer);
	if (behind) {
		write_values(writer);
		write_seqs(writer);
	}
	write_noise(writer, 4096);
}

static void writer_init(struct writer *writer, const struct generate_options *options)
{
	*writer = (struct writer){ .options = options };
	tokens_init();
	writer->out.data = calloc(1, ROOM);
	if (!writer->out.data)
		abort();
}

struct generated generate_tables(const struct generate_options *options)
{
	struct writer writer;

	writer_init(&writer, options);
	write_tables(&writer);
	/* To the byte, so that a sanitizer sees what is read behind it. */
	writer.out.data = realloc(writer.out.data, writer.out.size);
	return writer.out;
}

/* ---- the ELF file around them ------------------------------------------------------- */

void generate_export(size_t i, const char **name, bool *gpl, const char **namespace_)
{
	static const char *const names[GENERATE_EXPORTS] = {
		"exp_a", "exp_b", "exp_c", "exp_d", "exp_e", "exp_f",
	};

	*name = names[i];
	*gpl = i % 2;
	*namespace_ = i / 2 == 1 ? "NS_ONE" : i == 5 ? "NS_TWO" : NULL;
}

/* Writes at a fixed place of the segment, over the noise. */
static void at(struct writer *writer, size_t place)
{
	writer->out.size = SEGMENT + place;
}

static size_t place_of(const struct writer *writer)
{
	return writer->out.size - SEGMENT;
}

static void write_exports(struct writer *writer)
{
	size_t strings = STRINGS;
	unsigned char flags[GENERATE_EXPORTS];

	writer->out.ksymtab = SEGMENT + EXPORTS;
	writer->out.strings = SEGMENT + STRINGS;
	at(writer, STRINGS);
	put_bytes(writer, "", 1); /* the namespace of those that have none */
	strings++;
	for (size_t i = 0; i < GENERATE_EXPORTS; i++) {
		const char *name, *namespace_;
		size_t name_place, namespace_place = STRINGS, row;
		bool gpl;

		generate_export(i, &name, &gpl, &namespace_);
		flags[i] = gpl;
		at(writer, strings);
		name_place = place_of(writer);
		put_bytes(writer, name, strlen(name) + 1);
		if (namespace_) {
			namespace_place = place_of(writer);
			put_bytes(writer, namespace_, strlen(namespace_) + 1);
		}
		strings = place_of(writer);

		row = writer->options->flags ? i
					     : i / 2 + (gpl ? GENERATE_EXPORTS / 2 : 0);
		at(writer, EXPORTS + row * EXPORT_SIZE);
		put(writer, (uint32_t)(0x2000 - place_of(writer)), 4);
		put(writer, (uint32_t)(name_place - place_of(writer)), 4);
		put(writer, (uint32_t)(namespace_place - place_of(writer)), 4);
	}
	at(writer, EXPORTS + TWICE);
	if (writer->options->flags)
		put_bytes(writer, flags, sizeof(flags));
}

static void write_banner_and_notes(struct writer *writer)
{
	static const char text[] =
		"Linux version %s (fake)\0Linux version " GENERATE_RELEASE
		" (gcc) #1 SMP\n";

	at(writer, BANNER);
	writer->out.banner = writer->out.size;
	put_bytes(writer, text, sizeof(text));
	at(writer, NOTES);
	put(writer, 4, 4);
	put(writer, 20, 4);
	put(writer, NT_GNU_BUILD_ID, 4);
	put_bytes(writer, "GNU", 4);
	put_bytes(writer, GENERATE_BUILD_ID, 20);
}

static void put_phdr(struct writer *writer, uint32_t type, uint64_t offset,
		     uint64_t address, uint64_t size, uint64_t memory)
{
	put(writer, type, 4);
	put(writer, PF_R | PF_X, 4);
	put(writer, offset, 8);
	put(writer, address, 8);
	put(writer, address, 8);
	put(writer, size, 8);
	put(writer, memory, 8);
	put(writer, 0x1000, 8);
}

/* place: in the segment, or with address false the offset in the file. */
static void put_shdr(struct writer *writer, const char *names, const char *name,
		     uint32_t type, size_t place, size_t size, bool address)
{
	const char *p = names;

	while (strcmp(p, name))
		p += strlen(p) + 1;
	put(writer, (uint64_t)(p - names), 4);
	put(writer, type, 4);
	put(writer, address ? SHF_ALLOC : 0, 8);
	put(writer, address ? GENERATE_ADDRESS + place : 0, 8);
	put(writer, type == SHT_NULL ? 0 : address ? SEGMENT + place : place, 8);
	put(writer, size, 8);
	put(writer, 0, 8);
	put(writer, type == SHT_NULL ? 0 : type == SHT_NOTE ? 4 : 1, 8);
	put(writer, 0, 8);
}

#define SECTIONS 6

static size_t write_sections(struct writer *writer, size_t segment_size)
{
	static const char names[] =
		"\0.rodata\0__ksymtab\0__ksymtab_gpl\0__kflagstab\0.notes\0"
		".shstrtab";
	bool flags = writer->options->flags;
	size_t strings = writer->out.size, table;

	put_bytes(writer, names, sizeof(names));
	table = label(writer);
	put_shdr(writer, names, "", SHT_NULL, 0, 0, false);
	put_shdr(writer, names, ".rodata", SHT_PROGBITS, 0, segment_size, true);
	put_shdr(writer, names, "__ksymtab", SHT_PROGBITS, EXPORTS, flags ? TWICE : HALF,
		 true);
	if (flags)
		put_shdr(writer, names, "__kflagstab", SHT_PROGBITS, EXPORTS + TWICE,
			 GENERATE_EXPORTS, true);
	else
		put_shdr(writer, names, "__ksymtab_gpl", SHT_PROGBITS, EXPORTS + HALF,
			 HALF, true);
	put_shdr(writer, names, ".notes", SHT_NOTE, NOTES, 36, true);
	put_shdr(writer, names, ".shstrtab", SHT_STRTAB, strings, sizeof(names), false);
	return table;
}

static void write_header(struct writer *writer, size_t sections, size_t segment_size)
{
	bool percpu = percpu_at_zero(writer->options->kernel);
	unsigned char ident[EI_NIDENT] = { 0x7f,       'E',         'L',       'F',
					   ELFCLASS64, ELFDATA2LSB, EV_CURRENT };

	if (writer->options->big_endian)
		ident[EI_DATA] = ELFDATA2MSB;
	writer->out.size = 0;
	put_bytes(writer, ident, sizeof(ident));
	put(writer, ET_EXEC, 2);
	put(writer, writer->options->big_endian ? EM_S390 : EM_X86_64, 2);
	put(writer, EV_CURRENT, 4);
	put(writer, GENERATE_ADDRESS, 8);
	put(writer, 64, 8);
	put(writer, sections, 8);
	put(writer, 0, 4);
	put(writer, 64, 2);
	put(writer, 56, 2);
	put(writer, percpu ? 3 : 2, 2);
	put(writer, 64, 2);
	put(writer, sections ? SECTIONS : 0, 2);
	put(writer, sections ? SECTIONS - 1 : 0, 2);
	put_phdr(writer, PT_LOAD, SEGMENT, GENERATE_ADDRESS, segment_size,
		 GENERATE_MEMORY);
	if (percpu)
		put_phdr(writer, PT_LOAD, SEGMENT, 0, 0, GENERATE_PERCPU);
	put_phdr(writer, PT_NOTE, SEGMENT + NOTES, GENERATE_ADDRESS + NOTES, 36, 36);
}

struct generated generate_image(const struct generate_options *options)
{
	struct generated tables = generate_tables(options);
	size_t sections = 0, size;
	struct writer writer;

	writer_init(&writer, options);
	writer.out = (struct generated){
		.data = writer.out.data,
		.num_syms = SEGMENT + tables.num_syms,
		.names = SEGMENT + tables.names,
		.markers = SEGMENT + tables.markers,
		.token_table = SEGMENT + tables.token_table,
		.token_index = SEGMENT + tables.token_index,
		.values = SEGMENT + tables.values,
		.base = SEGMENT + tables.base,
		.segment = SEGMENT,
	};
	at(&writer, 0);
	put_bytes(&writer, tables.data, tables.size);
	write_exports(&writer);
	write_banner_and_notes(&writer);
	at(&writer, tables.size);
	if (!options->no_sections)
		sections = write_sections(&writer, tables.size);
	size = writer.out.size;
	write_header(&writer, sections, tables.size);
	writer.out.size = size;
	writer.out.data = realloc(writer.out.data, size);
	free(tables.data);
	return writer.out;
}
