// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, validating: relocations that wait for a module, in code that something
 * rewrites before.
 *
 * Sections such as .altinstructions list code that the kernel replaces, or copies, when it has
 * applied a module's relocations. Relocations of vmlinux are among these, so they are right. Those
 * that wait for a module come later, and would change the new code, or code that is not used any
 * more. Relocations in these sections themselves are checked by check.c.
 *
 * Most patches wait for no module, and then nothing is read here.
 */
#include "link-private.h"

#include <stdio.h>
#include <stdlib.h>

#include "../late/late.h"

/* ---- what waits ------------------------------------------------------------------------ */

static bool mark_waits(const struct klpcc_link_mark *mark)
{
	return !klpcc_span_is(mark->gate, KLPCC_VMLINUX);
}

static struct klpcc_error *range_error(const struct klpcc_link *link,
				       const struct klpcc_elf_section *section,
				       size_t entry, const struct klpcc_link_mark *mark,
				       const struct klpcc_late_range *range)
{
	struct klpcc_error *err;
	char *text;

	if (asprintf(
		    &text,
		    "cannot wait for module %.*s at 0x%llx of section '%s', because %s (section '%s', entry %zu); take the address in an instruction outside of that code",
		    (int)mark->gate.len, mark->gate.start,
		    (unsigned long long)range->start,
		    klpcc_elf_section(link->elf, range->section)->name,
		    range->rewrite->reason,
		    klpcc_elf_section(link->elf, range->list)->name, range->entry) < 0)
		text = NULL;
	err = klpcc_link_entry_error(link, section, entry, mark, text);
	free(text);
	return err;
}

static struct klpcc_error *check_section(const struct klpcc_link *link,
					 const struct klpcc_elf_section *section,
					 const struct klpcc_late_ranges *ranges)
{
	const struct klpcc_elf_relocation *relocations;
	size_t relocated = section->header.sh_info;
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_relocations(link->elf, section, &relocations, &count);
	for (size_t i = 0; !err && i < count; i++) {
		uint32_t mark = link->mark_of[relocations[i].symbol];
		const struct klpcc_late_range *range;
		unsigned int width;

		if (mark == KLPCC_LINK_NONE || !mark_waits(&link->marks[mark]) ||
		    !klpcc_arch_applies(link->arch, relocations[i].type, &width))
			continue;
		range = klpcc_late_find(ranges, relocated, relocations[i].offset, width);
		if (range)
			err = range_error(link, section, i, &link->marks[mark], range);
	}
	return err;
}

static bool any_waits(const struct klpcc_link *link)
{
	for (size_t i = 0; i < link->mark_count; i++)
		if (link->marks[i].used && mark_waits(&link->marks[i]))
			return true;
	return false;
}

struct klpcc_error *klpcc_link_check_rewritten(const struct klpcc_link *link)
{
	struct klpcc_late_ranges ranges = { .count = 0 };
	struct klpcc_error *err;

	if (!any_waits(link))
		return NULL;
	err = klpcc_late_read(link->elf, link->arch, &ranges);
	for (size_t i = 1; !err && ranges.count && i < klpcc_elf_sections(link->elf);
	     i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);

		if (klpcc_link_is_natural(link, section))
			err = check_section(link, section, &ranges);
	}
	klpcc_late_deinit(&ranges);
	return err;
}
