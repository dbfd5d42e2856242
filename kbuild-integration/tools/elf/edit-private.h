/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The internals of the ELF model's writing side. Nobody else includes it.
 */
#ifndef KLPCC_EDIT_PRIVATE_H
#define KLPCC_EDIT_PRIVATE_H

#include "elf-edit.h"

/* In klpcc_edit.symbol_map: the symbol goes. */
#define KLPCC_EDIT_REMOVED UINT32_MAX

struct klpcc_edit_section {
	GElf_Shdr header; /* numbers of the input; sh_name of a new section is not set */
	const char *name; /* the model's, or own_name */
	char *own_name;   /* of a new section */
	bool removed;
	bool relocations_set; /* relocations replace those of the input */
	const struct klpcc_elf_relocation *relocations;
	size_t relocation_count;
	const void *appended; /* to the contents, or NULL */
	size_t appended_size;
	unsigned char *contents; /* a changed copy, or NULL */
};

struct klpcc_edit_change {
	struct klpcc_edit_symbol as;
	char *own_name;
	size_t symbol;
};

struct klpcc_edit {
	struct klpcc_elf *elf;
	const struct klpcc_elf_section *symtab;
	const struct klpcc_elf_section *shndx; /* NULL when absent */
	const struct klpcc_elf_symbol *symbols;
	size_t symbol_count;
	size_t input_sections; /* how many of sections are in the input */
	struct klpcc_edit_section *sections;
	size_t section_count, section_capacity;
	/* By symbol: itself, the symbol that it merges into, or KLPCC_EDIT_REMOVED. */
	uint32_t *symbol_map;
	struct klpcc_edit_change *changes;
	size_t change_count, change_capacity;
};

/*
 * A string table made from an old one: keeps the strings that are wanted, in their order and
 * with the tails that they share, and takes new ones at the end. Linear in the old table.
 */
struct klpcc_strtab {
	const unsigned char *input;
	size_t input_size;
	uint32_t *map; /* by old offset: wanted, then the new offset */
	char *bytes;
	size_t size, capacity;
};

struct klpcc_error *klpcc_strtab_init(const unsigned char *input, size_t size,
				      struct klpcc_strtab *ret) KLPCC_MUST_CHECK;
void klpcc_strtab_deinit(struct klpcc_strtab *strtab);
/* offset: of a NUL-terminated string in the old table, checked by the model. */
void klpcc_strtab_want(struct klpcc_strtab *strtab, size_t offset);
/* After the last want, before the first offset. */
struct klpcc_error *klpcc_strtab_compact(struct klpcc_strtab *strtab) KLPCC_MUST_CHECK;
/* New offset of a wanted string. */
uint32_t klpcc_strtab_offset(const struct klpcc_strtab *strtab, size_t offset);
struct klpcc_error *klpcc_strtab_add(struct klpcc_strtab *strtab, const char *string,
				     uint32_t *ret) KLPCC_MUST_CHECK;

#endif
