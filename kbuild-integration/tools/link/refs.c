// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, reading: the reference table that the compiler left (klp-ref.h).
 *
 * It says where in the source each mark comes from. The link uses it for its messages and
 * for the check against the module's own definitions (definitions.c), and drops it: a
 * finished module contains no trace of it.
 */
#include "link-private.h"

#include <klp-ref.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/number.h"

/* One relocation each for klpcc_ref_record.mark and .file. */
struct table_relocations {
	const struct klpcc_elf_relocation *mark, *file;
};

static bool is_named(const struct klpcc_elf_section *section, const char *name)
{
	return !strcmp(section->name, name);
}

static struct klpcc_error *check_table_section(const struct klpcc_link *link,
					       const struct klpcc_elf_section *section)
{
	if (section->header.sh_type != SHT_PROGBITS ||
	    (section->header.sh_flags & (SHF_ALLOC | SHF_COMPRESSED)))
		return klpcc_elf_error(
			link->elf, section,
			"must be a PROGBITS section that is neither loaded nor compressed");
	if (is_named(section, KLPCC_REF_SECTION) &&
	    section->header.sh_size % KLPCC_REF_RECORD_SIZE)
		return klpcc_elf_error(
			link->elf, section,
			"size 0x%llx is not a multiple of %u, the size of a record",
			(unsigned long long)section->header.sh_size,
			KLPCC_REF_RECORD_SIZE);
	return NULL;
}

struct klpcc_error *klpcc_link_find_table(struct klpcc_link *link)
{
	size_t sections = klpcc_elf_sections(link->elf);

	link->table = calloc(sections + 1, sizeof(*link->table));
	if (!link->table)
		return klpcc_error_nomem();
	for (size_t i = 1; i < sections; i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);
		struct klpcc_error *err;

		if (!is_named(section, KLPCC_REF_SECTION) &&
		    !is_named(section, KLPCC_REF_STRINGS) &&
		    !is_named(section, KLPCC_REF_OBJECTS) &&
		    !is_named(section, KLPCC_REF_INDEX) &&
		    !is_named(section, KLPCC_REF_EXPORTS))
			continue;
		err = check_table_section(link, section);
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

/* ---- records --------------------------------------------------------------------------- */

static struct klpcc_error *source_name(const struct klpcc_link *link,
				       const struct klpcc_elf_section *table,
				       size_t record,
				       const struct klpcc_elf_relocation *relocation,
				       const char **ret)
{
	const struct klpcc_elf_symbol *symbol = &link->symbols[relocation->symbol];
	const struct klpcc_elf_section *strings;
	uint64_t offset = symbol->value + (uint64_t)relocation->addend;
	const unsigned char *bytes;
	struct klpcc_error *err;
	size_t size;

	strings = symbol->reserved ? NULL : klpcc_elf_section(link->elf, symbol->section);
	if (!strings || !is_named(strings, KLPCC_REF_STRINGS))
		return klpcc_elf_error(link->elf, table,
				       "entry %zu: the source name is not in %s", record,
				       KLPCC_REF_STRINGS);
	err = klpcc_elf_section_bytes(link->elf, strings, &bytes, &size);
	if (err)
		return err;
	if (offset >= size || !memchr(bytes + offset, '\0', size - offset))
		return klpcc_elf_error(
			link->elf, table,
			"entry %zu: the source name at 0x%llx lies outside %s", record,
			(unsigned long long)offset, KLPCC_REF_STRINGS);
	*ret = (const char *)bytes + offset;
	return NULL;
}

static uint32_t word_at(const struct klpcc_link *link, const unsigned char *bytes)
{
	return (uint32_t)klpcc_number(bytes, 4, link->arch->big_endian);
}

static struct klpcc_error *read_record(struct klpcc_link *link,
				       const struct klpcc_elf_section *table,
				       size_t record, const unsigned char *bytes,
				       const struct table_relocations *from)
{
	struct klpcc_link_ref *ref = &link->refs[link->ref_count];
	uint32_t version =
		word_at(link, bytes + offsetof(struct klpcc_ref_record, version));
	struct klpcc_error *err;

	if (version != KLPCC_REF_VERSION)
		return klpcc_elf_error(
			link->elf, table,
			"entry %zu: version %u, but this program reads %u; compile with the plugin that came with it",
			record, version, KLPCC_REF_VERSION);
	if (!from->mark || !from->file)
		return klpcc_elf_error(link->elf, table,
				       "entry %zu: no relocation for its %s", record,
				       from->mark ? "source name" : "mark");
	ref->mark = link->mark_of[from->mark->symbol];
	if (ref->mark == KLPCC_LINK_NONE)
		return klpcc_elf_error(link->elf, table,
				       "entry %zu: symbol '%s' is not a mark", record,
				       link->symbols[from->mark->symbol].name);
	err = source_name(link, table, record, from->file, &ref->file);
	if (err)
		return err;
	ref->line = word_at(link, bytes + offsetof(struct klpcc_ref_record, line));
	ref->column = word_at(link, bytes + offsetof(struct klpcc_ref_record, column));
	ref->flags = word_at(link, bytes + offsetof(struct klpcc_ref_record, flags));
	link->ref_count++;
	return NULL;
}

/* Sorts the relocations of one table to its records' fields. */
static struct klpcc_error *assign_relocations(const struct klpcc_link *link,
					      const struct klpcc_elf_section *section,
					      struct table_relocations *fields)
{
	const struct klpcc_elf_relocation *relocations;
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_relocations(link->elf, section, &relocations, &count);
	if (err)
		return err;
	for (size_t i = 0; i < count; i++) {
		const struct klpcc_elf_relocation *relocation = &relocations[i];
		struct table_relocations *record =
			&fields[relocation->offset / KLPCC_REF_RECORD_SIZE];
		size_t field = relocation->offset % KLPCC_REF_RECORD_SIZE;
		const struct klpcc_elf_relocation **slot;

		if (field == offsetof(struct klpcc_ref_record, mark))
			slot = &record->mark;
		else if (field == offsetof(struct klpcc_ref_record, file))
			slot = &record->file;
		else
			slot = NULL;
		if (!slot || *slot || relocation->type != link->arch->absolute)
			return klpcc_elf_error(
				link->elf, section,
				"entry %zu: expected one 64-bit relocation for each mark and source name, and no others",
				i);
		*slot = relocation;
	}
	return NULL;
}

static struct klpcc_error *read_table(struct klpcc_link *link,
				      const struct klpcc_elf_section *table,
				      struct table_relocations *fields)
{
	struct klpcc_error *err = NULL;
	const unsigned char *bytes;
	size_t size;

	for (size_t i = 1; !err && i < klpcc_elf_sections(link->elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);

		if (section->header.sh_type == SHT_RELA &&
		    section->header.sh_info == table->index)
			err = assign_relocations(link, section, fields);
	}
	if (!err)
		err = klpcc_elf_section_bytes(link->elf, table, &bytes, &size);
	for (size_t i = 0; !err && i < size / KLPCC_REF_RECORD_SIZE; i++)
		err = read_record(link, table, i, bytes + i * KLPCC_REF_RECORD_SIZE,
				  &fields[i]);
	return err;
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
	const struct klpcc_elf_section *table =
		klpcc_elf_find_section(link->elf, KLPCC_REF_SECTION);
	struct table_relocations *fields;
	struct klpcc_error *err;
	size_t records;

	if (!table)
		return NULL;
	for (size_t i = table->index + 1; i < klpcc_elf_sections(link->elf); i++)
		if (is_named(klpcc_elf_section(link->elf, i), KLPCC_REF_SECTION))
			return klpcc_elf_error(link->elf, klpcc_elf_section(link->elf, i),
					       "a second reference table");
	records = table->header.sh_size / KLPCC_REF_RECORD_SIZE;
	link->refs = calloc(records + 1, sizeof(*link->refs));
	fields = calloc(records + 1, sizeof(*fields));
	err = link->refs && fields ? read_table(link, table, fields)
				   : klpcc_error_nomem();
	free(fields);
	if (!err)
		chain_records(link);
	return err;
}
