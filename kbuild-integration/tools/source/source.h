/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where in the source a place of a module is, from its debug information. That is opened when the
 * first line is asked for: a module of which nothing is said costs nothing.
 */
#ifndef KLPCC_SOURCE_H
#define KLPCC_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "../elf/elf.h"

struct klpcc_dwarf;

/* Of one module; begins as zeros. */
struct klpcc_source {
	bool asked; /* dwarf is what there is */
	struct klpcc_dwarf *dwarf;
};

/*
 * "patch.c:12:5" of code or data, `offset` bytes into a section; NULL when that is not known: there
 * may be no debug information, or no libdw. malloc()ed. elf must outlive `source`.
 */
char *klpcc_source_find(struct klpcc_source *source, const struct klpcc_elf *elf,
			const struct klpcc_elf_section *section, uint64_t offset);
void klpcc_source_close(struct klpcc_source *source);

#endif
