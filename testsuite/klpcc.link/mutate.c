// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Breaks modules and holds the link, in both forms, to its word on each of them: an error is
 * one line and no output; without an error the output is what the audit (audit.c) derives
 * from the input, the ELF model reads all of it, and linking it again changes nothing.
 *
 *	mutate MODULE...
 *
 * The first module is broken in every field that the link reads, one at a time. Then all of
 * them in turn go through the mutator (testsuite/fuzz/mutate-klp.c), MUTANTS times. Every
 * mutant's outcome is counted, and none may be without a mutant: what the mutator makes
 * reaches all of the link's checks, and what lies behind them.
 *
 * Compiled together with the tool's sources under ASan and UBSan.
 */
#include <dirent.h>
#include <elf.h>
#include <err.h>
#include <unistd.h>

#include "../fuzz/mutate-klp.h"
#include "../lib/unit.h"
#include "audit.h"
#include "elf/elf.h"
#include "lib/file.h"
#include "link/link.h"

#define INPUT "mutant.ko"
#define OUTPUT "mutant.out"
#define MUTANTS 20000u

/* What the mutator may add to a module, in bytes. */
#define ROOM 16384u

static struct klpcc_buffer original;
static unsigned char *mutant;
static size_t mutant_size;

/* The mutant that is being tried, for messages. */
static const char *what;
static size_t number;

/* ---- outcomes ------------------------------------------------------------------------ */

/* A refusal belongs to the first of these whose text is in its message. */
static struct outcome {
	const char *text;
	size_t count;
} refusals[] = {
	{ "ELF header: ", 0 },
	{ "not an ELF file", 0 },
	{ "unknown ELF ", 0 },
	{ "not a relocatable file", 0 },
	{ "machine ", 0 },
	{ "truncated", 0 },
	{ "lies outside the file", 0 },
	{ "lies outside the name table", 0 },
	{ "lies outside the string table", 0 },
	{ "used as string table", 0 },
	{ "does not end in NUL", 0 },
	{ "is not a power of two", 0 },
	{ "is marked compressed", 0 },
	{ "entry size is ", 0 },
	{ "is not a multiple of the entry size", 0 },
	{ "has type ", 0 },
	{ "names no section", 0 },
	{ "names no symbol", 0 },
	{ "a second symbol table", 0 },
	{ "section indices for ", 0 },
	{ "without a table of section indices", 0 },
	{ "is not the symbol table", 0 },
	{ "relocates section ", 0 },
	{ "local, but sh_info is ", 0 },
	{ "lies outside section ", 0 },
	{ "not a livepatch module", 0 },
	{ "no .modinfo section", 0 },
	{ "malformed mark: ", 0 },
	{ "its name is no mark's", 0 },
	{ "but is defined in the module", 0 },
	{ "is SHN_LIVEPATCH, but ", 0 },
	{ "is SHF_RELA_LIVEPATCH, but ", 0 },
	{ "already finished in object form", 0 },
	{ "already finished in mainline form", 0 },
	{ "finished klp relocations and marks", 0 },
	{ "finished klp relocations of both forms", 0 },
	{ "a second reference table", 0 },
	{ "not a plain PROGBITS section", 0 },
	{ "not the one relocation of a mark", 0 },
	{ "no relocation for its mark", 0 },
	{ "no relocation for its source name", 0 },
	{ "the source name ", 0 },
	{ "is not a mark", 0 },
	{ "but this program reads ", 0 },
	{ "reaches over the end of the section", 0 },
	{ "the module loader does not apply ", 0 },
	{ "unknown relocation type ", 0 },
	{ "cannot name it: ", 0 },
	{ "cannot wait for module ", 0 },
	{ "cannot be named: ", 0 },
	{ ", which goes", 0 },
	{ "", 0 }, /* and whatever else there is */
};

#define REFUSALS (sizeof(refusals) / sizeof(refusals[0]))

static size_t linked, untouched;

static void count_refusal(const char *message)
{
	size_t i = 0;

	while (!strstr(message, refusals[i].text))
		i++;
	refusals[i].count++;
	if (i + 1 == REFUSALS)
		fprintf(stderr, "other refusal: %s\n", message);
}

/* ---- one mutant ---------------------------------------------------------------------- */

static void complain(const char *problem)
{
	check(false, "%s %zu: %s", what, number, problem);
}

static struct klpcc_error *read_all(struct klpcc_elf *elf)
{
	const struct klpcc_elf_relocation *relocations;
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_symbols(elf, &symbols, &count);
	for (size_t i = 1; !err && i < klpcc_elf_sections(elf); i++)
		if (klpcc_elf_section(elf, i)->header.sh_type == SHT_RELA)
			err = klpcc_elf_relocations(elf, klpcc_elf_section(elf, i),
						    &relocations, &count);
	return err;
}

/* Links once more; the result must be the bytes that are there already. */
static void check_again(const struct klpcc_link_options *options, const char *input,
			const struct klpcc_buffer *expected, const char *problem)
{
	struct klpcc_link_options again = *options;
	struct klpcc_buffer result = { NULL, 0 };
	struct klpcc_error *err;

	again.input = input;
	err = klpcc_link(&again);
	if (!err)
		err = klpcc_file_read(OUTPUT, &result);
	if (err)
		complain(err->message);
	else if (result.size != expected->size ||
		 memcmp(result.data, expected->data, result.size))
		complain(problem);
	klpcc_error_free(err);
	klpcc_buffer_deinit(&result);
}

static void check_output(const struct klpcc_link_options *options)
{
	struct klpcc_buffer result = { NULL, 0 };
	struct klpcc_error *err;
	struct klpcc_elf *elf;
	const char *problem;

	err = klpcc_elf_open(OUTPUT, &elf);
	if (!err) {
		err = read_all(elf);
		klpcc_elf_close(elf);
	}
	if (!err)
		err = klpcc_file_read(OUTPUT, &result);
	if (err) {
		complain(err->message);
		klpcc_error_free(err);
		return;
	}
	problem = audit(options->form == KLPCC_FORM_OBJECT ? "object" : "mainline",
			mutant, mutant_size, result.data, result.size);
	if (problem)
		complain(problem);
	if (result.size == mutant_size && !memcmp(result.data, mutant, mutant_size))
		untouched++;
	else
		linked++;
	check_again(options, INPUT, &result, "linked twice, two results");
	check_again(options, OUTPUT, &result, "the output is not final");
	klpcc_buffer_deinit(&result);
}

static void try_form(enum klpcc_form form)
{
	struct klpcc_link_options options = {
		.form = form,
		.input = INPUT,
		.output = OUTPUT,
	};
	struct klpcc_error *err;

	test_checks++;
	unlink(OUTPUT);
	err = klpcc_link(&options);
	if (!err) {
		check_output(&options);
		return;
	}
	if (!*err->message || strchr(err->message, '\n'))
		complain("the message is not one line");
	if (!access(OUTPUT, F_OK))
		complain("an output in spite of the error");
	count_refusal(err->message);
	klpcc_error_free(err);
}

static void try(const char *name, size_t offset)
{
	FILE *file = fopen(INPUT, "wb");

	what = name;
	number = offset;
	if (!file || fwrite(mutant, 1, mutant_size, file) != mutant_size || fclose(file))
		err(1, INPUT);
	try_form(KLPCC_FORM_OBJECT);
	try_form(KLPCC_FORM_MAINLINE);
}

static void restore(void)
{
	memcpy(mutant, original.data, original.size);
	mutant_size = original.size;
}

/* ---- every field --------------------------------------------------------------------- */

/* A little-endian field of `width` bytes, set to values that are near to something. */
static void break_field(const char *name, size_t offset, size_t width, uint64_t limit)
{
	uint64_t old = 0;

	memcpy(&old, original.data + offset, width);
	const uint64_t values[] = {
		0,
		1,
		old + 1,
		old - 1,
		limit - 1,
		limit,
		limit + 1,
		0xff1f,
		0xff20,
		0xffff,
		0x7fffffff,
		UINT32_MAX,
		UINT64_MAX,
		1ull << 63,
		old ^ 0x80,
		old << 8,
		old | 1ull << 40,
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		if (!memcmp(&values[i], &old, width))
			continue;
		memcpy(mutant + offset, &values[i], width);
		try(name, offset);
	}
	memcpy(mutant + offset, original.data + offset, width);
}

static void break_bytes(const char *name, size_t offset, size_t size)
{
	static const unsigned char masks[] = { 0x01, 0x20, 0x80, 0xff };

	for (size_t i = offset; i < offset + size; i++) {
		for (size_t j = 0; j < sizeof(masks); j++) {
			mutant[i] = original.data[i] ^ masks[j];
			try(name, i);
		}
		mutant[i] = 0;
		try(name, i);
		mutant[i] = original.data[i];
	}
}

#define BREAK(what, base, type, field, limit)                        \
	break_field(what "." #field, (base) + offsetof(type, field), \
		    sizeof(((type *)0)->field), limit)

static void break_section_header(size_t base, uint64_t sections)
{
	BREAK("section", base, Elf64_Shdr, sh_name, original.size);
	BREAK("section", base, Elf64_Shdr, sh_type, SHT_GROUP);
	BREAK("section", base, Elf64_Shdr, sh_flags, 0x00100002);
	BREAK("section", base, Elf64_Shdr, sh_offset, original.size);
	BREAK("section", base, Elf64_Shdr, sh_size, original.size);
	BREAK("section", base, Elf64_Shdr, sh_link, sections);
	BREAK("section", base, Elf64_Shdr, sh_info, sections);
	BREAK("section", base, Elf64_Shdr, sh_addralign, 1u << 20);
	BREAK("section", base, Elf64_Shdr, sh_entsize, 24);
}

static void break_symbols(const Elf64_Shdr *header, uint64_t sections)
{
	for (size_t i = 0; i < header->sh_size; i += sizeof(Elf64_Sym)) {
		size_t base = header->sh_offset + i;

		BREAK("symbol", base, Elf64_Sym, st_name, original.size);
		BREAK("symbol", base, Elf64_Sym, st_info, 0x20);
		BREAK("symbol", base, Elf64_Sym, st_shndx, sections);
		BREAK("symbol", base, Elf64_Sym, st_value, original.size);
	}
}

static void break_relocations(const Elf64_Shdr *header, uint64_t symbols)
{
	for (size_t i = 0; i < header->sh_size; i += sizeof(Elf64_Rela)) {
		size_t base = header->sh_offset + i;

		BREAK("relocation", base, Elf64_Rela, r_offset, 8);
		BREAK("relocation", base, Elf64_Rela, r_addend, 8);
		break_field("relocation type", base + 8, 4, 42);
		break_field("relocation symbol", base + 12, 4, symbols);
	}
}

static void break_contents(const Elf64_Shdr *header, uint64_t sections, uint64_t symbols)
{
	switch (header->sh_type) {
	case SHT_SYMTAB:
		break_symbols(header, sections);
		return;
	case SHT_RELA:
		break_relocations(header, symbols);
		return;
	case SHT_STRTAB:
		break_bytes("name", header->sh_offset, header->sh_size);
		return;
	case SHT_GROUP:
		for (size_t i = 0; i < header->sh_size; i += 4)
			break_field("group", header->sh_offset + i, 4, sections);
		return;
	case SHT_NOBITS:
	case SHT_NULL:
		return;
	default: /* .modinfo and the reference table among them */
		break_bytes("contents", header->sh_offset, header->sh_size);
	}
}

static void break_all(void)
{
	Elf64_Ehdr header;
	Elf64_Shdr *sections;
	uint64_t symbols = 0;

	memcpy(&header, original.data, sizeof(header));
	sections = calloc(header.e_shnum, sizeof(*sections));
	memcpy(sections, original.data + header.e_shoff,
	       header.e_shnum * sizeof(*sections));
	for (size_t i = 0; i < header.e_shnum; i++)
		if (sections[i].sh_type == SHT_SYMTAB)
			symbols = sections[i].sh_size / sizeof(Elf64_Sym);

	break_bytes("header", 0, sizeof(header));
	for (size_t i = 0; i < header.e_shnum; i++) {
		break_section_header(header.e_shoff + i * sizeof(*sections),
				     header.e_shnum);
		break_contents(&sections[i], header.e_shnum, symbols);
	}
	for (mutant_size = 0; mutant_size < original.size; mutant_size += 7)
		try("truncation", mutant_size);
	free(sections);
}

/* ---- the mutator --------------------------------------------------------------------- */

static void read_module(const char *path)
{
	struct klpcc_error *err = klpcc_file_read(path, &original);

	if (err)
		errx(1, "%s", err->message);
	mutant = malloc(original.size + ROOM);
	restore();
}

static void forget_module(void)
{
	free(mutant);
	klpcc_buffer_deinit(&original);
}

static void mutate_all(char **paths, size_t modules)
{
	for (size_t i = 0; i < modules; i++) {
		read_module(paths[i]);
		for (size_t seed = i; seed < MUTANTS; seed += modules) {
			restore();
			mutant_size = klpcc_mutate_klp(mutant, mutant_size,
						       original.size + ROOM,
						       (unsigned int)seed);
			try("mutant", seed);
		}
		forget_module();
	}
}

static void check_outcomes(void)
{
	fprintf(stderr, "%zu linked, %zu untouched\n", linked, untouched);
	check(linked > 1000, "%zu linked", linked);
	check(untouched > 100, "%zu untouched", untouched);
	for (size_t i = 0; i < REFUSALS; i++) {
		fprintf(stderr, "%zu refused: %s\n", refusals[i].count, refusals[i].text);
		check(refusals[i].count, "nothing was refused with \"%s\"",
		      refusals[i].text);
	}
}

/* Only the last input and the last output: no temporary file of any link. */
static void check_directory(void)
{
	struct dirent *entry;
	DIR *dir = opendir(".");

	while (dir && (entry = readdir(dir)))
		check(entry->d_name[0] == '.' || !strcmp(entry->d_name, "unit") ||
			      !strcmp(entry->d_name, INPUT) ||
			      !strcmp(entry->d_name, OUTPUT),
		      "%s was left", entry->d_name);
	closedir(dir);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		errx(2, "usage: mutate MODULE...");
	test_begin("every field: an error or a sound result");
	read_module(argv[1]);
	try("the module itself", 0);
	check(linked == 2, "the module itself does not link");
	break_all();
	forget_module();
	test_end();

	linked = untouched = 0;
	for (size_t i = 0; i < REFUSALS; i++)
		refusals[i].count = 0;
	test_begin("mutants: an error or a sound result");
	mutate_all(argv + 1, (size_t)argc - 1);
	check_directory();
	test_end();
	test_begin("mutants: every outcome has some");
	check_outcomes();
	test_end();
	return test_status;
}
