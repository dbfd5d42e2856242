/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which source file the code and the variables of an ELF file come from, as its DWARF tells:
 * the compile units, with the code and the global names of each.
 *
 * The reading is done by libdw, which is loaded for the first file with DWARF: no other
 * run pays for it, and a machine without it can still make an index.
 */
#ifndef KLPCC_READ_DWARF_H
#define KLPCC_READ_DWARF_H

#include <stdbool.h>

#include "../elf/elf.h"

struct klpcc_dwarf;

/* True when the file has DWARF. */
bool klpcc_has_dwarf(const struct klpcc_elf *elf);
/* Loads libdw. An error says how to get it. */
struct klpcc_error *klpcc_dwarf_load(void) KLPCC_MUST_CHECK;
/*
 * Reads all units of a file that has DWARF, after klpcc_dwarf_load(). Paths are relative to the
 * kernel's source as far as they tell where that is. elf must outlive the result.
 */
struct klpcc_error *klpcc_dwarf_open(const struct klpcc_elf *elf,
				     struct klpcc_dwarf **ret) KLPCC_MUST_CHECK;
void klpcc_dwarf_close(struct klpcc_dwarf *dwarf);

/* Path of the unit that defines a symbol of the file; NULL when none says so. */
const char *klpcc_dwarf_find(const struct klpcc_dwarf *dwarf,
			     const struct klpcc_elf_symbol *symbol);
/* The path of the only unit whose file is named so; NULL when there is none, or several. */
const char *klpcc_dwarf_find_file(const struct klpcc_dwarf *dwarf, const char *name);
/*
 * Where in the source code or data is that is `offset` bytes into a section: "patch.c:12:5", the file
 * as the compiler was given it; of data the declaration. malloc()ed; NULL when that is not known.
 * Not for several threads at once.
 */
char *klpcc_dwarf_find_place(const struct klpcc_dwarf *dwarf,
			     const struct klpcc_elf_section *section, uint64_t offset);

#endif
