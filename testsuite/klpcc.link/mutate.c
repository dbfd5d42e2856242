// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Breaks modules and holds the link, in both forms, to its word on each of them: an error is
 * one line and no output; without an error the output is what the audit (audit.c) derives
 * from the input, the ELF model reads all of it, and linking it again changes nothing.
 *
 *	mutate MODULE...
 *
 * The first module is broken in every field that the link reads, one at a time. Then all of
 * them in turn go through the mutator (testsuite/fuzz/mutate-klp.c), MUTANTS times, within
 * SECONDS of processor time. Every mutant's outcome is counted, and none that the machine of the modules has may
 * be without a mutant: what the mutator makes reaches all of the link's checks, and what lies
 * behind them.
 *
 * Compiled together with the tool's sources under ASan and UBSan.
 */
#include <dirent.h>
#include <elf.h>
#include <err.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "../fuzz/mutate-file.h"
#include "../fuzz/mutate-klp.h"
#include "../lib/unit.h"
#include "audit.h"
#include "elf/elf.h"
#include "lib/file.h"
#include "link/link.h"

#define OUTPUT "mutant.out"
#define MUTANTS 20000u
#define SECONDS 120

/* What the mutator may add to a module, in bytes. */
#define ROOM 16384u

/* The path of a file in memory: files on a disk take longer than their links. */
static char input[64];
static int input_fd;

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
	uint16_t machine; /* whose alone it is, or 0 */
} refusals[] = {
	{ .text = "ELF header: " },
	{ .text = "not an ELF file" },
	{ .text = "unknown ELF " },
	{ .text = "not a relocatable file" },
	{ .text = "machine " },
	{ .text = "truncated" },
	{ .text = "lies outside the file" },
	{ .text = "lies outside the name table" },
	{ .text = "lies outside the string table" },
	{ .text = "used as string table" },
	{ .text = "does not end in NUL" },
	{ .text = "is not a power of two" },
	{ .text = "is marked compressed" },
	{ .text = "entry size is " },
	{ .text = "is not a multiple of the entry size" },
	{ .text = "has type " },
	{ .text = "names no section" },
	{ .text = "names no symbol" },
	{ .text = "a second symbol table" },
	{ .text = "section indices for " },
	{ .text = "without a table of section indices" },
	{ .text = "is not the symbol table" },
	{ .text = "relocates section " },
	{ .text = "local, but sh_info is " },
	{ .text = "lies outside section " },
	{ .text = "not a livepatch module" },
	{ .text = "only a livepatch can take it" },
	{ .text = "no .modinfo section" },
	{ .text = "malformed mark: " },
	{ .text = "its name is not that of a mark" },
	{ .text = "but is defined in the module" },
	{ .text = "is SHN_LIVEPATCH, but " },
	{ .text = "is SHF_RELA_LIVEPATCH, but " },
	{ .text = "already finished in object form" },
	{ .text = "already finished in mainline form" },
	{ .text = "finished klp relocations and marks" },
	{ .text = "finished klp relocations of both forms" },
	{ .text = "a second reference table" },
	{ .text = "must be a PROGBITS section that is " },
	{ .text = "expected one 64-bit relocation for each mark" },
	{ .text = "no relocation for its mark" },
	{ .text = "no relocation for its source name" },
	{ .text = "the source name " },
	{ .text = "is not a mark" },
	{ .text = "but this program reads " },
	{ .text = "reaches past the end of the section" },
	{ .text = "changes the same bytes as entry " },
	{ .text = "the module loader does not apply " },
	{ .text = "unknown relocation type " },
	{ .text = "cannot refer to it: " },
	{ .text = "cannot wait for module " },
	{ .text = "cannot be named: " },
	{ .text = ", which is removed" },
	/* What is wrong with code, and cannot be put right (elf/arch-s390x.c). */
	{ .text = "only calls and larl can reach ", .machine = EM_S390 },
	{ .text = "larl takes the address with an offset", .machine = EM_S390 },
	{ .text = "neither a call nor larl", .machine = EM_S390 },
	{ .text = "it uses the GOT slot in place", .machine = EM_S390 },
	{ .text = "with an offset it reaches past the symbol", .machine = EM_S390 },
	{ .text = "it needs a slot of the GOT or PLT", .machine = EM_S390 },
	{ .text = "" }, /* and whatever else there is */
};

#define REFUSALS (sizeof(refusals) / sizeof(refusals[0]))

static size_t linked, untouched, audited;

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
static void check_again(const struct klpcc_link_options *options, const char *from,
			const struct klpcc_buffer *expected, const char *problem)
{
	struct klpcc_link_options again = *options;
	struct klpcc_buffer result = { NULL, 0 };
	struct klpcc_error *err;

	again.input = from;
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

static bool overlap(const Elf64_Shdr *a, const Elf64_Shdr *b)
{
	return a->sh_type != SHT_NOBITS && b->sh_type != SHT_NOBITS &&
	       a->sh_offset < b->sh_offset + b->sh_size &&
	       b->sh_offset < a->sh_offset + a->sh_size;
}

/*
 * The audit has one copy of every byte, so it takes an instruction that was changed for a change
 * of each section that it is in. elf_getshdrstrndx() of elfutils 0.188 reads section 0 of a file in
 * memory from no file, where the byte order is not the host's.
 */
static bool may_be_audited(void)
{
	struct module m = { .data = mutant, .size = mutant_size, .max = mutant_size };
	size_t sections = file_sections(&m);

	if (mutant[EI_DATA] == ELFDATA2MSB && file_header(&m).e_shstrndx == SHN_XINDEX)
		return false;
	for (size_t i = 1; i < sections; i++) {
		Elf64_Shdr one = file_section(&m, i);

		if (one.sh_type != SHT_PROGBITS)
			continue;
		for (size_t j = 1; j < sections; j++) {
			Elf64_Shdr other = file_section(&m, j);

			if (i != j && overlap(&one, &other))
				return false;
		}
	}
	return true;
}

static void check_output(const struct klpcc_link_options *options)
{
	struct klpcc_buffer result = { NULL, 0 };
	struct klpcc_error *err;
	struct klpcc_elf *elf;
	const char *problem = NULL;

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
	if (may_be_audited()) {
		audited++;
		problem =
			audit(options->form == KLPCC_FORM_OBJECT ? "object" : "mainline",
			      mutant, mutant_size, result.data, result.size);
	}
	if (problem)
		complain(problem);
	if (result.size == mutant_size && !memcmp(result.data, mutant, mutant_size))
		untouched++;
	else
		linked++;
	check_again(options, input, &result, "linked twice, two results");
	check_again(options, OUTPUT, &result, "the output is not final");
	klpcc_buffer_deinit(&result);
}

static void try_form(enum klpcc_form form)
{
	struct klpcc_link_options options = {
		.form = form,
		.input = input,
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
	what = name;
	number = offset;
	if (ftruncate(input_fd, 0) ||
	    pwrite(input_fd, mutant, mutant_size, 0) != (ssize_t)mutant_size)
		err(1, "%s", input);
	try_form(KLPCC_FORM_OBJECT);
	try_form(KLPCC_FORM_MAINLINE);
}

static void restore(void)
{
	memcpy(mutant, original.data, original.size);
	mutant_size = original.size;
}

/* ---- every field --------------------------------------------------------------------- */

/* The module as it was. */
static struct module whole(void)
{
	return (struct module){ .data = original.data,
				.size = original.size,
				.max = original.size };
}

/* In the mutant, but in the byte order of the original: that field may be the one. */
static void set_field(size_t offset, size_t width, uint64_t value)
{
	bool big = original.data[EI_DATA] == ELFDATA2MSB;

	for (size_t i = 0; i < width; i++)
		mutant[offset + i] =
			(unsigned char)(value >> 8 * (big ? width - 1 - i : i));
}

/* A field of `width` bytes, set to values that are near to something. */
static void break_field(const char *name, size_t offset, size_t width, uint64_t limit)
{
	struct module m = whole();
	uint64_t old = 0;

	file_number(&m, offset, width, &old);
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
		set_field(offset, width, values[i]);
		if (memcmp(mutant + offset, original.data + offset, width))
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

/* r_info is one number: symbol and type change places with the byte order. */
static void break_relocations(const Elf64_Shdr *header, uint64_t symbols)
{
	size_t info = offsetof(Elf64_Rela, r_info);
	bool big = original.data[EI_DATA] == ELFDATA2MSB;

	for (size_t i = 0; i < header->sh_size; i += sizeof(Elf64_Rela)) {
		size_t base = header->sh_offset + i;

		BREAK("relocation", base, Elf64_Rela, r_offset, 8);
		BREAK("relocation", base, Elf64_Rela, r_addend, 8);
		break_field("relocation type", base + info + (big ? 4 : 0), 4, 42);
		break_field("relocation symbol", base + info + (big ? 0 : 4), 4, symbols);
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
	struct module m = whole();
	size_t sections = file_sections(&m);
	uint64_t symbols = 0;

	for (size_t i = 0; i < sections; i++)
		if (file_section(&m, i).sh_type == SHT_SYMTAB)
			symbols = file_section(&m, i).sh_size / sizeof(Elf64_Sym);

	break_bytes("header", 0, sizeof(Elf64_Ehdr));
	for (size_t i = 0; i < sections; i++) {
		Elf64_Shdr section = file_section(&m, i);

		break_section_header(file_section_at(&m, i), sections);
		break_contents(&section, sections, symbols);
	}
	for (mutant_size = 0; mutant_size < original.size; mutant_size += 7)
		try("truncation", mutant_size);
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

static void check_outcomes(uint16_t machine)
{
	fprintf(stderr, "%zu linked, %zu untouched, %zu of them audited\n", linked,
		untouched, audited);
	check(audited > (linked + untouched) / 10 * 9, "%zu audited", audited);
	check(linked > 1000, "%zu linked", linked);
	check(untouched > 100, "%zu untouched", untouched);
	for (size_t i = 0; i < REFUSALS; i++) {
		fprintf(stderr, "%zu refused: %s\n", refusals[i].count, refusals[i].text);
		check(refusals[i].count ||
			      (refusals[i].machine && refusals[i].machine != machine),
		      "nothing was refused with \"%s\"", refusals[i].text);
	}
}

/* Only the last output: no temporary file of any link. */
static void check_directory(void)
{
	struct dirent *entry;
	DIR *dir = opendir(".");

	while (dir && (entry = readdir(dir)))
		check(entry->d_name[0] == '.' || !strcmp(entry->d_name, "unit") ||
			      !strcmp(entry->d_name, OUTPUT),
		      "%s was left", entry->d_name);
	closedir(dir);
}

static uint16_t machine_of(const char *path)
{
	struct module m;
	uint16_t machine;

	read_module(path);
	m = whole();
	machine = file_header(&m).e_machine;
	forget_module();
	return machine;
}

static void test_fields(const char *path)
{
	test_begin("every field: an error or a sound result");
	read_module(path);
	try("the module itself", 0);
	check(linked == 2, "the module itself does not link");
	break_all();
	forget_module();
	test_end();
}

static void test_mutants(char **paths, size_t modules)
{
	clock_t begin;
	long seconds;

	linked = untouched = audited = 0;
	for (size_t i = 0; i < REFUSALS; i++)
		refusals[i].count = 0;
	test_begin("mutants: an error or a sound result");
	begin = clock();
	mutate_all(paths, modules);
	seconds = (clock() - begin) / CLOCKS_PER_SEC;
	check_directory();
	test_end();
	test_begin("mutants: in time");
	fprintf(stderr, "%ld seconds\n", seconds);
	check(seconds < SECONDS, "%ld seconds", seconds);
	test_end();
	test_begin("mutants: every outcome has some");
	check_outcomes(machine_of(paths[0]));
	test_end();
}

int main(int argc, char **argv)
{
	if (argc < 2)
		errx(2, "usage: mutate MODULE...");
	input_fd = memfd_create("mutant", MFD_CLOEXEC);
	if (input_fd < 0)
		err(1, "memfd_create");
	snprintf(input, sizeof(input), "/proc/self/fd/%d", input_fd);
	test_fields(argv[1]);
	test_mutants(argv + 1, (size_t)argc - 1);
	return test_status;
}
