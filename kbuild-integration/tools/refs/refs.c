// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the reference table: see refs.h.
 */
#include "refs.h"

#include <klp-ref.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/number.h"

/* One relocation each for klpcc_ref_record.mark and .file. */
struct record_relocations {
	const struct klpcc_elf_relocation *mark, *file;
};

/* The table while it is read. */
struct reader {
	struct klpcc_elf *elf;
	const struct klpcc_arch *arch;
	const struct klpcc_elf_section *table;
	const struct klpcc_elf_symbol *symbols;
	struct record_relocations *fields; /* by record */
	struct klpcc_refs_record *records;
};

bool klpcc_refs_is_section(const char *name)
{
	static const char *const names[] = {
		KLPCC_REF_SECTION, KLPCC_REF_STRINGS, KLPCC_REF_OBJECTS,
		KLPCC_REF_INDEX,   KLPCC_REF_EXPORTS,
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

struct klpcc_error *klpcc_refs_check_section(const struct klpcc_elf *elf,
					     const struct klpcc_elf_section *section)
{
	if (section->header.sh_type != SHT_PROGBITS ||
	    (section->header.sh_flags & (SHF_ALLOC | SHF_COMPRESSED)))
		return klpcc_elf_error(
			elf, section,
			"must be a PROGBITS section that is neither loaded nor compressed");
	if (!strcmp(section->name, KLPCC_REF_SECTION) &&
	    section->header.sh_size % KLPCC_REF_RECORD_SIZE)
		return klpcc_elf_error(
			elf, section,
			"size 0x%llx is not a multiple of %u, the size of a record",
			(unsigned long long)section->header.sh_size,
			KLPCC_REF_RECORD_SIZE);
	return NULL;
}

static struct klpcc_error *source_name(const struct reader *reader, size_t record,
				       const char **ret)
{
	const struct klpcc_elf_relocation *relocation = reader->fields[record].file;
	const struct klpcc_elf_symbol *symbol = &reader->symbols[relocation->symbol];
	const struct klpcc_elf_section *strings;
	uint64_t offset = symbol->value + (uint64_t)relocation->addend;
	const unsigned char *bytes;
	struct klpcc_error *err;
	size_t size;

	strings =
		symbol->reserved ? NULL : klpcc_elf_section(reader->elf, symbol->section);
	if (!strings || strcmp(strings->name, KLPCC_REF_STRINGS))
		return klpcc_elf_error(reader->elf, reader->table,
				       "entry %zu: the source name is not in %s", record,
				       KLPCC_REF_STRINGS);
	err = klpcc_elf_section_bytes(reader->elf, strings, &bytes, &size);
	if (err)
		return err;
	if (offset >= size || !memchr(bytes + offset, '\0', size - offset))
		return klpcc_elf_error(
			reader->elf, reader->table,
			"entry %zu: the source name at 0x%llx lies outside %s", record,
			(unsigned long long)offset, KLPCC_REF_STRINGS);
	*ret = (const char *)bytes + offset;
	return NULL;
}

static uint32_t word_at(const struct reader *reader, const unsigned char *bytes)
{
	return (uint32_t)klpcc_number(bytes, 4, reader->arch->big_endian);
}

static struct klpcc_error *read_record(const struct reader *reader, size_t number,
				       const unsigned char *bytes)
{
	const struct record_relocations *from = &reader->fields[number];
	struct klpcc_refs_record *record = &reader->records[number];
	uint32_t version =
		word_at(reader, bytes + offsetof(struct klpcc_ref_record, version));

	if (version != KLPCC_REF_VERSION)
		return klpcc_elf_error(
			reader->elf, reader->table,
			"entry %zu: version %u, but this program reads %u; compile with the plugin that came with it",
			number, version, KLPCC_REF_VERSION);
	if (!from->mark || !from->file)
		return klpcc_elf_error(reader->elf, reader->table,
				       "entry %zu: no relocation for its %s", number,
				       from->mark ? "source name" : "mark");
	record->symbol = from->mark->symbol;
	record->line = word_at(reader, bytes + offsetof(struct klpcc_ref_record, line));
	record->column =
		word_at(reader, bytes + offsetof(struct klpcc_ref_record, column));
	record->flags = word_at(reader, bytes + offsetof(struct klpcc_ref_record, flags));
	return source_name(reader, number, &record->file);
}

/* Sorts the relocations of the table to its records' fields. */
static struct klpcc_error *assign_relocations(const struct reader *reader,
					      const struct klpcc_elf_section *section)
{
	const struct klpcc_elf_relocation *relocations;
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_relocations(reader->elf, section, &relocations, &count);
	if (err)
		return err;
	for (size_t i = 0; i < count; i++) {
		const struct klpcc_elf_relocation *relocation = &relocations[i];
		struct record_relocations *record =
			&reader->fields[relocation->offset / KLPCC_REF_RECORD_SIZE];
		size_t field = relocation->offset % KLPCC_REF_RECORD_SIZE;
		const struct klpcc_elf_relocation **slot;

		if (field == offsetof(struct klpcc_ref_record, mark))
			slot = &record->mark;
		else if (field == offsetof(struct klpcc_ref_record, file))
			slot = &record->file;
		else
			slot = NULL;
		if (!slot || *slot || relocation->type != reader->arch->absolute)
			return klpcc_elf_error(
				reader->elf, section,
				"entry %zu: expected one 64-bit relocation for each mark and source name, and no others",
				i);
		*slot = relocation;
	}
	return NULL;
}

static struct klpcc_error *read_table(const struct reader *reader)
{
	struct klpcc_error *err = NULL;
	const unsigned char *bytes;
	size_t size;

	for (size_t i = 1; !err && i < klpcc_elf_sections(reader->elf); i++) {
		const struct klpcc_elf_section *section =
			klpcc_elf_section(reader->elf, i);

		if (section->header.sh_type == SHT_RELA &&
		    section->header.sh_info == reader->table->index)
			err = assign_relocations(reader, section);
	}
	if (!err)
		err = klpcc_elf_section_bytes(reader->elf, reader->table, &bytes, &size);
	for (size_t i = 0; !err && i < size / KLPCC_REF_RECORD_SIZE; i++)
		err = read_record(reader, i, bytes + i * KLPCC_REF_RECORD_SIZE);
	return err;
}

static struct klpcc_error *find_table(const struct klpcc_elf *elf,
				      const struct klpcc_elf_section **ret)
{
	const struct klpcc_elf_section *table =
		klpcc_elf_find_section(elf, KLPCC_REF_SECTION);

	for (size_t i = table ? table->index + 1 : SIZE_MAX; i < klpcc_elf_sections(elf);
	     i++)
		if (!strcmp(klpcc_elf_section(elf, i)->name, KLPCC_REF_SECTION))
			return klpcc_elf_error(elf, klpcc_elf_section(elf, i),
					       "a second reference table");
	*ret = table;
	return table ? klpcc_refs_check_section(elf, table) : NULL;
}

struct klpcc_error *klpcc_refs_read(struct klpcc_elf *elf, const struct klpcc_arch *arch,
				    struct klpcc_refs *ret)
{
	struct klpcc_refs refs = { .section = NULL };
	struct reader reader = { .elf = elf, .arch = arch };
	struct klpcc_error *err;
	size_t symbols;

	err = find_table(elf, &refs.section);
	if (!err)
		err = klpcc_elf_symbols(elf, &reader.symbols, &symbols);
	if (err)
		return err;
	if (refs.section) {
		refs.count = refs.section->header.sh_size / KLPCC_REF_RECORD_SIZE;
		refs.records = calloc(refs.count + 1, sizeof(*refs.records));
		reader.table = refs.section;
		reader.fields = calloc(refs.count + 1, sizeof(*reader.fields));
		reader.records = refs.records;
		err = reader.fields && reader.records ? read_table(&reader)
						      : klpcc_error_nomem();
		free(reader.fields);
	}
	if (err) {
		klpcc_refs_deinit(&refs);
		return err;
	}
	*ret = refs;
	return NULL;
}

void klpcc_refs_deinit(struct klpcc_refs *refs)
{
	free(refs->records);
	*refs = (struct klpcc_refs){ .section = NULL };
}

void klpcc_refs_place(const char *file, uint32_t line, uint32_t column, char *buffer,
		      size_t size)
{
	if (!*file || !line)
		snprintf(buffer, size, "%s", file);
	else if (!column)
		snprintf(buffer, size, "%s:%u", file, line);
	else
		snprintf(buffer, size, "%s:%u:%u", file, line, column);
}
