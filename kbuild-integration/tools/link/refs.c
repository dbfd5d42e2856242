// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, reading: the reference table that the compiler left (refs/).
 *
 * It says where in the source each mark comes from. The link uses it for its messages and
 * for the check against the module's own definitions (definitions.c), and drops it: a
 * finished module contains no trace of it.
 */
#include "link-private.h"

#include <stdlib.h>

#include "../refs/refs.h"

struct klpcc_error *klpcc_link_find_table(struct klpcc_link *link)
{
	size_t sections = klpcc_elf_sections(link->elf);

	link->table = calloc(sections + 1, sizeof(*link->table));
	if (!link->table)
		return klpcc_error_nomem();
	for (size_t i = 1; i < sections; i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);
		struct klpcc_error *err;

		if (!klpcc_refs_is_section(section->name))
			continue;
		err = klpcc_refs_check_section(link->elf, section);
		if (err)
			return err;
		link->table[i] = true;
		link->has_table = true;
	}
	for (size_t i = 1; i < sections; i++) {
		const GElf_Shdr *header = &klpcc_elf_section(link->elf, i)->header;

		if (header->sh_type == SHT_RELA && link->table[header->sh_info])
			link->table[i] = true;
	}
	return NULL;
}

static struct klpcc_error *take_records(struct klpcc_link *link,
					const struct klpcc_refs *table)
{
	link->refs = calloc(table->count + 1, sizeof(*link->refs));
	if (!link->refs)
		return klpcc_error_nomem();
	for (size_t i = 0; i < table->count; i++) {
		const struct klpcc_refs_record *record = &table->records[i];
		uint32_t mark = link->mark_of[record->symbol];

		if (mark == KLPCC_LINK_NONE)
			return klpcc_elf_error(link->elf, table->section,
					       "entry %zu: symbol '%s' is not a mark", i,
					       link->symbols[record->symbol].name);
		link->refs[i] = (struct klpcc_link_ref){
			.mark = mark,
			.file = record->file,
			.line = record->line,
			.column = record->column,
			.flags = record->flags,
		};
	}
	link->ref_count = table->count;
	return NULL;
}

/* Chains the records of each mark, in the order of the table. */
static void chain_records(struct klpcc_link *link)
{
	for (size_t i = link->ref_count; i-- > 0;) {
		struct klpcc_link_mark *mark = &link->marks[link->refs[i].mark];

		link->refs[i].next = mark->first_ref;
		mark->first_ref = (uint32_t)i;
	}
}

struct klpcc_error *klpcc_link_read_refs(struct klpcc_link *link)
{
	struct klpcc_refs table;
	struct klpcc_error *err;

	err = klpcc_refs_read(link->elf, link->arch, &table);
	if (err)
		return err;
	err = take_records(link, &table);
	klpcc_refs_deinit(&table);
	if (!err)
		chain_records(link);
	return err;
}
