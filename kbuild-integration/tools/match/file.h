/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A relocatable file as it is compared: the object of a source file, or a module of the kernel. Its
 * sections with the bytes that the kernel's build leaves in them, and relocations and symbols in
 * the order of what they are at.
 *
 * A file that is open does not change, so several threads may use it.
 */
#ifndef KLPCC_MATCH_FILE_H
#define KLPCC_MATCH_FILE_H

#include "../elf/arch.h"
#include "../elf/elf.h"

struct klpcc_match_section {
	const struct klpcc_elf_section *elf;
	uint64_t size;
	/*
	 * NULL without contents: of a section that takes no memory in the kernel, or only memory.
	 * Where the kernel's build writes a NOP over a jump, it is here.
	 */
	const unsigned char *bytes;
	/* By offset; none that writes nothing, or that a NOP has taken the place of. */
	struct klpcc_elf_relocation *relocations;
	size_t relocation_count;
	/* Numbers of its named symbols, by value and then as in the file. */
	uint32_t *symbols;
	size_t symbol_count;
	bool grouped; /* member of a group: the link keeps that of one file (COMDAT) */

	unsigned char *changed; /* bytes, where they are not the file's */
};

struct klpcc_match_file {
	struct klpcc_buffer buffer; /* empty when the bytes are borrowed */
	struct klpcc_elf *elf;
	const struct klpcc_arch *arch;
	const struct klpcc_elf_symbol *symbols;
	size_t symbol_count;
	struct klpcc_match_section *sections; /* by number */
	size_t section_count;
};

/* Reads a file, which may be compressed, and checks it. */
struct klpcc_error *klpcc_match_file_open(const char *path,
					  struct klpcc_match_file *ret) KLPCC_MUST_CHECK;
/* The same over bytes in memory, which are borrowed. label: how messages name them. */
struct klpcc_error *
klpcc_match_file_open_memory(const char *label, const void *data, size_t size,
			     struct klpcc_match_file *ret) KLPCC_MUST_CHECK;
/* Harmless on one that is zero. */
void klpcc_match_file_close(struct klpcc_match_file *file);

/* Whether the link merges equal contents of it, so that they have no place of their own. */
static inline bool klpcc_match_is_merged(const struct klpcc_match_section *section)
{
	return section->elf->header.sh_flags & SHF_MERGE;
}

/* The first of its relocations that is at the offset or after it; the count when there is none. */
size_t klpcc_match_relocations_from(const struct klpcc_match_section *section,
				    uint64_t offset);

/* A symbol of a section, with a name, that the file defines. */
bool klpcc_match_is_named(const struct klpcc_match_file *file,
			  const struct klpcc_elf_symbol *symbol);

/*
 * How many bytes a function or variable has: st_size, or, where the assembler was not told, as
 * many as there are up to the next symbol. At most those that the section has.
 */
uint64_t klpcc_match_size_of(const struct klpcc_match_file *file,
			     const struct klpcc_elf_symbol *symbol);

#endif
