/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ELF model, writing side: a list of changes to a relocatable file, carried out in one
 * write.
 *
 * Comes after elf.h: the model of the input is never changed. A struct klpcc_edit collects what
 * is to be different, and klpcc_edit_write() lays out the new file, so that nothing is
 * written unless everything was accepted. Whatever no change mentions keeps its bytes.
 *
 * Sections and symbols are named by their number in the input throughout; a new
 * section gets the next free number. The write translates the numbers wherever the format
 * contains one (sh_link, sh_info, st_shndx, r_info, section groups, e_shstrndx).
 */
#ifndef KLPCC_ELF_EDIT_H
#define KLPCC_ELF_EDIT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "../lib/error.h"
#include "elf.h"

struct klpcc_edit;

/*
 * Starts without changes. Checks that the file is one whose numbers can all be followed:
 * relocatable, with a symbol table, no SHT_REL, and no unknown section type that is tied to
 * the symbol table. elf is borrowed until klpcc_edit_destroy().
 */
struct klpcc_error *klpcc_edit_create(struct klpcc_elf *elf,
				      struct klpcc_edit **ret) KLPCC_MUST_CHECK;
void klpcc_edit_destroy(struct klpcc_edit *edit);

/*
 * Takes a section out, and every symbol that is defined in it. Not for the symbol table or a
 * string table. What still refers to one of them by the time of the write makes it fail.
 */
void klpcc_edit_remove_section(struct klpcc_edit *edit, size_t section);

/* Replaces all entries of an SHT_RELA section. The array is borrowed until the write. */
void klpcc_edit_set_relocations(struct klpcc_edit *edit, size_t section,
				const struct klpcc_elf_relocation *relocations,
				size_t count);

/*
 * Appends an SHT_RELA section of the one symbol table. name: copied. flags: sh_flags, as
 * they will be. relocated: number of the section that the entries apply to. The array is
 * borrowed until the write.
 */
struct klpcc_error *klpcc_edit_add_relocations(
	struct klpcc_edit *edit, const char *name, uint64_t flags, size_t relocated,
	const struct klpcc_elf_relocation *relocations, size_t count) KLPCC_MUST_CHECK;

/*
 * Adds bytes to the end of a section that has contents, none of which were overwritten, once for a
 * section. data: borrowed until the write.
 */
void klpcc_edit_append(struct klpcc_edit *edit, size_t section, const void *data,
		       size_t size);

/*
 * A copy of a section's bytes to be changed in place, for a section that has contents and none
 * appended. *size: how many there are. It belongs to the edit; the same one for each call.
 */
struct klpcc_error *klpcc_edit_contents(struct klpcc_edit *edit, size_t section,
					unsigned char **bytes,
					size_t *size) KLPCC_MUST_CHECK;

/* How a symbol is to read; its other fields stay. */
struct klpcc_edit_symbol {
	const char *name; /* copied */
	uint64_t value;
	uint16_t
		reserved; /* st_shndx: SHN_UNDEF or one of SHN_LORESERVE.. , no section */
	uint8_t binding;  /* STB_GLOBAL or STB_WEAK: a symbol never becomes local */
	uint8_t type;     /* STT_* */
};

struct klpcc_error *
klpcc_edit_set_symbol(struct klpcc_edit *edit, size_t symbol,
		      const struct klpcc_edit_symbol *as) KLPCC_MUST_CHECK;
/* Takes a symbol out; see klpcc_edit_remove_section() about what refers to it. */
void klpcc_edit_remove_symbol(struct klpcc_edit *edit, size_t symbol);
/* Takes a symbol out; whatever refers to it refers to `into`, which must stay. */
void klpcc_edit_merge_symbol(struct klpcc_edit *edit, size_t symbol, size_t into);

/*
 * Writes the changed file whole or not at all. mode: as for klpcc_output_begin(). The same
 * input and changes give the same bytes, on every host.
 */
struct klpcc_error *klpcc_edit_write(struct klpcc_edit *edit, const char *path,
				     mode_t mode) KLPCC_MUST_CHECK;

#endif
