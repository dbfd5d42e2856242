/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ELF model's internals, for the files of its reading side only. Everybody else uses elf.h.
 */
#ifndef KLPCC_ELF_MODEL_H
#define KLPCC_ELF_MODEL_H

#include "../lib/file.h"
#include "elf.h"

/* Relocations of one section; entries is NULL until they are asked for. */
struct klpcc_elf_relocation_list {
	struct klpcc_elf_relocation *entries;
	size_t count;
};

struct klpcc_elf {
	char *label;
	struct klpcc_buffer buffer; /* empty when data is borrowed */
	const unsigned char *data;
	size_t size;
	Elf *handle;
	GElf_Ehdr header;
	size_t program_headers;
	struct klpcc_elf_segment *segments; /* those that are loaded */
	size_t segment_count;
	struct klpcc_elf_section *sections;
	size_t section_count;
	const struct klpcc_elf_section *symtab, *symtab_shndx;
	struct klpcc_elf_symbol *symbols; /* NULL until they are asked for */
	size_t symbol_count;
	struct klpcc_elf_relocation_list *relocations; /* by section index, or NULL */
};

/*
 * The contents of a section with the entries converted to host order and aligned; never
 * NULL on success. For sections that have bytes.
 */
struct klpcc_error *klpcc_elf_converted(const struct klpcc_elf *elf,
					const struct klpcc_elf_section *section,
					Elf_Data **ret) KLPCC_MUST_CHECK;

/* Fills elf->segments, from the program headers, whose table is inside the file. */
struct klpcc_error *klpcc_elf_read_segments(struct klpcc_elf *elf) KLPCC_MUST_CHECK;

/* Number of symbols in the SHT_SYMTAB, which need not have been read. */
size_t klpcc_elf_symbol_count(const struct klpcc_elf *elf);

#endif
