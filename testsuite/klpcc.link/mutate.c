// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Breaks a module in every field that the final link reads, links each result in both
 * forms, and holds the link to its word: an error is one message and no output; without an
 * error the output is a file that the ELF model accepts whole, and that is final.
 *
 *	mutate MODULE
 *
 * Compiled together with the tool's sources under ASan and UBSan.
 */
#include <elf.h>
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "elf/elf.h"
#include "lib/file.h"
#include "link/link.h"

#define INPUT "mutant.ko"
#define OUTPUT "mutant.out"

static struct klpcc_buffer original;
static unsigned char *mutant;
static size_t linked, refused, failed;

static void complain(const char *what, size_t offset, const char *problem)
{
	if (failed++ < 20)
		printf("\t%s at 0x%zx: %s\n", what, offset, problem);
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

static void check_output(const struct klpcc_link_options *options, const char *what,
			 size_t offset)
{
	struct klpcc_link_options again = *options;
	struct klpcc_buffer before = { NULL, 0 }, after = { NULL, 0 };
	struct klpcc_error *err;
	struct klpcc_elf *elf;

	err = klpcc_elf_open(OUTPUT, &elf);
	if (!err) {
		err = read_all(elf);
		klpcc_elf_close(elf);
	}
	if (!err)
		err = klpcc_file_read(OUTPUT, &before);
	again.input = OUTPUT;
	again.output = NULL;
	if (!err)
		err = klpcc_link(&again);
	if (!err)
		err = klpcc_file_read(OUTPUT, &after);
	if (err)
		complain(what, offset, err->message);
	else if (before.size != after.size ||
		 memcmp(before.data, after.data, before.size))
		complain(what, offset, "the output is not final");
	klpcc_error_free(err);
	klpcc_buffer_deinit(&before);
	klpcc_buffer_deinit(&after);
}

static void try_form(enum klpcc_form form, const char *what, size_t offset)
{
	struct klpcc_link_options options = {
		.form = form,
		.input = INPUT,
		.output = OUTPUT,
	};
	struct klpcc_error *err;

	unlink(OUTPUT);
	err = klpcc_link(&options);
	if (!err) {
		linked++;
		check_output(&options, what, offset);
		return;
	}
	refused++;
	if (!*err->message || strchr(err->message, '\n'))
		complain(what, offset, "the message is not one line");
	if (!access(OUTPUT, F_OK))
		complain(what, offset, "an output in spite of the error");
	klpcc_error_free(err);
}

static void try(const char *what, size_t offset, size_t size)
{
	FILE *file = fopen(INPUT, "wb");

	if (!file || fwrite(mutant, 1, size, file) != size || fclose(file))
		err(1, INPUT);
	try_form(KLPCC_FORM_OBJECT, what, offset);
	try_form(KLPCC_FORM_MAINLINE, what, offset);
}

/* A little-endian field of `width` bytes, set to values that are near to something. */
static void break_field(const char *what, size_t offset, size_t width, uint64_t limit)
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
		try(what, offset, original.size);
	}
	memcpy(mutant + offset, original.data + offset, width);
}

static void break_bytes(const char *what, size_t offset, size_t size)
{
	static const unsigned char masks[] = { 0x01, 0x20, 0x80, 0xff };

	for (size_t i = offset; i < offset + size; i++) {
		for (size_t j = 0; j < sizeof(masks); j++) {
			mutant[i] = original.data[i] ^ masks[j];
			try(what, i, original.size);
		}
		mutant[i] = 0;
		try(what, i, original.size);
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

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

/* Several bytes at once, always the same ones. */
static void break_at_random(size_t rounds)
{
	uint32_t state = 20231123;

	for (size_t i = 0; i < rounds; i++) {
		for (size_t j = 1 + next_random(&state) % 6; j; j--)
			mutant[next_random(&state) % original.size] =
				(unsigned char)next_random(&state);
		try("random round", i, original.size);
		memcpy(mutant, original.data, original.size);
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
	for (size_t size = 0; size < original.size; size += 7)
		try("truncation", size, size);
	break_at_random(20000);
	free(sections);
}

int main(int argc, char **argv)
{
	struct klpcc_error *err;

	if (argc != 2)
		errx(2, "usage: mutate MODULE");
	err = klpcc_file_read(argv[1], &original);
	if (err)
		errx(1, "%s", err->message);
	mutant = malloc(original.size);
	memcpy(mutant, original.data, original.size);
	try("the module itself", 0, original.size);
	printf("\t%s: the module itself links\n", linked == 2 ? "PASSED" : "FAILED");
	break_all();
	printf("\t%s: broken modules: an error or a sound result\n",
	       failed ? "FAILED" : "PASSED");
	printf("\t%s: broken modules: some link, most are refused\n",
	       linked > 1000 && refused > linked ? "PASSED" : "FAILED");
	printf("%zu linked, %zu refused, %zu wrong\n", linked, refused, failed);
	free(mutant);
	klpcc_buffer_deinit(&original);
	return 0;
}
