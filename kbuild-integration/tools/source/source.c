// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Source lines: see source.h.
 */
#include "source.h"

#include "../kernel/read-dwarf.h"

/* A module is judged the same without: where it cannot be read, lines are not told. */
static void open_dwarf(struct klpcc_source *source, const struct klpcc_elf *elf)
{
	struct klpcc_error *err;

	source->asked = true;
	if (!klpcc_has_dwarf(elf))
		return;
	err = klpcc_dwarf_load();
	if (!err)
		err = klpcc_dwarf_open(elf, &source->dwarf);
	klpcc_error_free(err);
}

char *klpcc_source_find(struct klpcc_source *source, const struct klpcc_elf *elf,
			const struct klpcc_elf_section *section, uint64_t offset)
{
	if (!source->asked)
		open_dwarf(source, elf);
	return source->dwarf ? klpcc_dwarf_find_place(source->dwarf, section, offset)
			     : NULL;
}

void klpcc_source_close(struct klpcc_source *source)
{
	klpcc_dwarf_close(source->dwarf);
}
