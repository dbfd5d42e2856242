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
/* Where generate_image() puts things into the noise at the start of the segment. EXPORTS, NOTES
 * and SEALS are between the addresses of symbol 99 and symbol 108. */
#define EXPORTS 0x1c60
#define NOTES 0x1d00
#define SEALS 0x1d28
#define STRINGS 0x1d80
#define BANNER 0x1e80
#define NOTES_SIZE 36
#define SEALS_SIZE 8
#define EXPORT_FIELDS 3

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

/* Bytes of an export. */
static size_t export_size(const struct generate_options *options)
{
	return EXPORT_FIELDS * (options->absolute ? 8 : 4);
}

/* Bytes of all exports, and of those that are not GPL-only. */
static size_t exports_size(const struct generate_options *options)
{
	return GENERATE_EXPORTS * export_size(options);
}

static size_t first_table_size(const struct generate_options *options)
{
	return exports_size(options) / (options->flags ? 1 : 2);
}

void generate_symbol(const struct generate_options *options, size_t i, char *name,
		     char *letter, uint64_t *address)
{
	static const char letters[] = "tTtTdDbBrRwWV?A", code[] = "tTtTtTtTtTwWTtT";
	size_t first = EXPORTS + first_table_size(options);
	size_t all = EXPORTS + exports_size(options);
	/* Marks of the linker script, by which exports and notes can be found. */
	const struct {
		const char *name;
		size_t place;
	} marks[] = {
		{ "__start___ksymtab", EXPORTS },
		{ "__stop___ksymtab", first },
		{ "__start___ksymtab_gpl", first },
		{ "__stop___ksymtab_gpl", all },
		{ "__start___kflagstab", all },
		{ "__stop___kflagstab", all + (options->flags ? GENERATE_EXPORTS : 0) },
		{ "__start_notes", NOTES },
		{ "__stop_notes", NOTES + NOTES_SIZE },
		/* These go where there are seals. */
		{ "__ibt_endbr_seal", SEALS },
		{ "__ibt_endbr_seal_end", SEALS + SEALS_SIZE },
	};
	size_t count = sizeof(marks) / sizeof(marks[0]) - (options->seals ? 0 : 2);
	bool percpu = percpu_at_zero(options->kernel) && i < 20;

	*letter = (options->code_only ? code : letters)[i % (sizeof(letters) - 1)];
	*address = percpu ? i * 8 : GENERATE_SYMBOL(i);
	snprintf(name, NAME_SIZE, "func_%zu", i);
	if (i % 10 == 3)
		snprintf(name, NAME_SIZE, "dup_%zu.isra.0", i % 7);
	/* Without them, of these marks none is in kallsyms. */
	if (i >= 100 && i < 100 + count && !(options->code_only && i >= 108)) {
		strcpy(name, marks[i - 100].name);
		*letter = 'R';
		*address = GENERATE_ADDRESS + marks[i - 100].place;
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
	/* EXPORT_SYMBOL_NS(), EXPORT_SYMBOL_FOR_MODULES(). */
	*namespace_ = i / 2 == 1 ? "NS_ONE" : i == 5 ? "module:kvm,kvm-amd" : NULL;
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

static void put_reference(struct writer *writer, size_t place)
{
	if (writer->options->absolute)
		put(writer, GENERATE_ADDRESS + place, 8);
	else
		put(writer, (uint32_t)(place - place_of(writer)), 4);
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
		at(writer, EXPORTS + row * export_size(writer->options));
		put_reference(writer, 0x2000);
		put_reference(writer, name_place);
		put_reference(writer, namespace_place);
	}
	at(writer, EXPORTS + exports_size(writer->options));
	if (writer->options->flags)
		put_bytes(writer, flags, sizeof(flags));
}

/* Each relative to its own place. */
static void write_seals(struct writer *writer)
{
	at(writer, SEALS);
	put(writer, (uint32_t)(GENERATE_SEAL_1 - GENERATE_ADDRESS - SEALS), 4);
	put(writer, (uint32_t)(GENERATE_SEAL_2 - GENERATE_ADDRESS - SEALS - 4), 4);
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

/* Puts a zero where an address is, and a relocation at the end of the segment. */
static void move_address(struct writer *writer, size_t offset, bool symbol)
{
	uint64_t value = 0;

	for (size_t i = 0; i < 8; i++)
		value = value << 8 | writer->out.data[offset + i];
	memset(writer->out.data + offset, 0, 8);
	put(writer, GENERATE_ADDRESS + offset - SEGMENT, 8);
	put(writer, symbol ? ELF64_R_INFO(1ull, R_390_64) : R_390_RELATIVE, 8);
	put(writer, symbol ? value - GENERATE_ADDRESS : value, 8);
}

static void put_symbol(struct writer *writer, uint16_t section, uint64_t value)
{
	put(writer, 0, 4);
	put(writer, section ? ELF64_ST_INFO(STB_GLOBAL, STT_NOTYPE) : 0, 1);
	put(writer, 0, 1);
	put(writer, section, 2);
	put(writer, value, 8);
	put(writer, 0, 8);
}

/* As `ld -pie` leaves an s390 kernel: by symbol where it is global, or relative. */
static void write_relocations(struct writer *writer)
{
	writer->out.dynsym = label(writer);
	put_symbol(writer, SHN_UNDEF, 0);
	put_symbol(writer, 1, GENERATE_ADDRESS);
	writer->out.rela = writer->out.size;
	if (writer->out.base)
		move_address(writer, writer->out.base, true);
	for (size_t i = 0; i < GENERATE_EXPORTS * EXPORT_FIELDS; i++)
		move_address(writer, writer->out.ksymtab + i * 8, i % 2);
	/* What is not 64 bits wide, and by a symbol that is not there. */
	put(writer, 1, 8);
	put(writer, ELF64_R_INFO(99ull, R_390_PC32DBL), 8);
	put(writer, 0, 8);
	writer->out.rela_end = writer->out.size;
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

#define SECTIONS 8 /* without .ibt_endbr_seal, which comes last */

static const char section_names[] =
	"\0.rodata\0__ksymtab\0__ksymtab_gpl\0__kflagstab\0.notes\0"
	".shstrtab\0.dynsym\0.rela.dyn\0.ibt_endbr_seal";

static size_t section_name(const char *name)
{
	const char *p = section_names;

	while (strcmp(p, name))
		p += strlen(p) + 1;
	return (size_t)(p - section_names);
}

/* Of what is in the segment, between two offsets in the file. */
static void put_shdr(struct writer *writer, const char *name, uint32_t type, size_t start,
		     size_t end, uint32_t link, size_t entry)
{
	put(writer, section_name(name), 4);
	put(writer, type, 4);
	put(writer, SHF_ALLOC, 8);
	put(writer, GENERATE_ADDRESS + start - SEGMENT, 8);
	put(writer, start, 8);
	put(writer, end - start, 8);
	put(writer, link, 4);
	put(writer, 0, 4);
	put(writer, type == SHT_NOTE ? 4 : 1, 8);
	put(writer, entry, 8);
}

static void put_strings_shdr(struct writer *writer, size_t offset)
{
	put(writer, section_name(".shstrtab"), 4);
	put(writer, SHT_STRTAB, 4);
	put(writer, 0, 8);
	put(writer, 0, 8);
	put(writer, offset, 8);
	put(writer, sizeof(section_names), 8);
	put(writer, 0, 8);
	put(writer, 1, 8);
	put(writer, 0, 8);
}

static size_t write_sections(struct writer *writer)
{
	const struct generate_options *options = writer->options;
	const struct generated *out = &writer->out;
	size_t first = SEGMENT + EXPORTS + first_table_size(options);
	size_t all = SEGMENT + EXPORTS + exports_size(options);
	size_t strings = writer->out.size, table;

	put_bytes(writer, section_names, sizeof(section_names));
	table = label(writer);
	for (size_t i = 0; i < sizeof(Elf64_Shdr) / 8; i++)
		put(writer, 0, 8);
	put_strings_shdr(writer, strings);
	put_shdr(writer, ".rodata", SHT_PROGBITS, SEGMENT,
		 out->dynsym ? out->dynsym : out->segment_end, 0, 0);
	put_shdr(writer, "__ksymtab", SHT_PROGBITS, SEGMENT + EXPORTS, first, 0, 0);
	if (options->flags)
		put_shdr(writer, "__kflagstab", SHT_PROGBITS, all, all + GENERATE_EXPORTS,
			 0, 0);
	else
		put_shdr(writer, "__ksymtab_gpl", SHT_PROGBITS, first, all, 0, 0);
	put_shdr(writer, ".notes", SHT_NOTE, SEGMENT + NOTES,
		 SEGMENT + NOTES + NOTES_SIZE, 0, 0);
	put_shdr(writer, ".dynsym", SHT_DYNSYM, out->dynsym, out->rela, 1,
		 sizeof(Elf64_Sym));
	put_shdr(writer, ".rela.dyn", SHT_RELA, out->rela, out->rela_end, 6,
		 sizeof(Elf64_Rela));
	if (options->seals) {
		writer->out.seals_header = writer->out.size;
		put_shdr(writer, ".ibt_endbr_seal", SHT_PROGBITS, SEGMENT + SEALS,
			 SEGMENT + SEALS + SEALS_SIZE, 0, 0);
	}
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
	put(writer, sections ? SECTIONS + writer->options->seals : 0, 2);
	put(writer, sections ? 1 : 0, 2);
	put_phdr(writer, PT_LOAD, SEGMENT, GENERATE_ADDRESS, segment_size,
		 GENERATE_MEMORY);
	if (percpu)
		put_phdr(writer, PT_LOAD, SEGMENT, 0, 0, GENERATE_PERCPU);
	put_phdr(writer, PT_NOTE, SEGMENT + NOTES, GENERATE_ADDRESS + NOTES, NOTES_SIZE,
		 NOTES_SIZE);
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
		.base = tables.base ? SEGMENT + tables.base : 0,
		.segment = SEGMENT,
	};
	at(&writer, 0);
	put_bytes(&writer, tables.data, tables.size);
	write_exports(&writer);
	write_banner_and_notes(&writer);
	if (options->seals)
		write_seals(&writer);
	at(&writer, tables.size);
	if (options->relocations)
		write_relocations(&writer);
	writer.out.segment_end = writer.out.size;
	if (!options->no_sections)
		sections = write_sections(&writer);
	size = writer.out.size;
	write_header(&writer, sections, writer.out.segment_end - SEGMENT);
	writer.out.size = size;
	writer.out.data = realloc(writer.out.data, size);
	free(tables.data);
	return writer.out;
}
