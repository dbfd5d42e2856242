// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One kernel module: its exports, from the tables that the loader reads.
 *
 * The tables of a module file are all zeros: what they will contain is in their
 * relocations, three for each entry (include/linux/export.h: value, name, namespace), 4
 * bytes wide where the architecture has relative references and 8 where not. Reading
 * these, not the symbols named __ksymtab_*, works on modules whose local symbols were
 * stripped, too.
 */
#include "module.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/number.h"
#include "../lib/range.h"

#define KSYMTAB "__ksymtab"
#define KSYMTAB_GPL "__ksymtab_gpl"
/* Kernels that have it keep all exports in __ksymtab, and one byte of flags for each. */
#define KFLAGSTAB "__kflagstab"
/* With CONFIG_MODVERSIONS: 32 bits for each export. */
#define KCRCTAB "__kcrctab"
#define KCRCTAB_GPL "__kcrctab_gpl"
#define CRC_SIZE 4
#define KFLAG_GPL 0x1u /* KSYM_FLAG_GPL_ONLY */
/* Longer than any name of the kernel: many exports may share a huge one. */
#define TEXT_MAX 4096

enum field {
	FIELD_VALUE,
	FIELD_NAME,
	FIELD_NAMESPACE,
	FIELDS,
};

struct table {
	const struct klpcc_elf_section *section;
	const struct klpcc_elf_section *relocations; /* NULL when it has none */
	const unsigned char *flags;                  /* __kflagstab, or NULL */
	bool gpl;
};

static struct klpcc_error *find_table(const struct klpcc_elf *elf, const char *name,
				      struct table *ret)
{
	*ret = (struct table){ .section = klpcc_elf_find_section(elf, name) };
	if (!ret->section)
		return NULL;
	ret->gpl = !strcmp(name, KSYMTAB_GPL);
	for (size_t i = 1; i < klpcc_elf_sections(elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(elf, i);

		if (section->header.sh_type != SHT_RELA ||
		    section->header.sh_info != ret->section->index)
			continue;
		if (ret->relocations)
			return klpcc_elf_error(
				elf, section,
				"relocates '%s', but section [%zu] already does", name,
				ret->relocations->index);
		ret->relocations = section;
	}
	return NULL;
}

/* The text that a relocation points to. */
static struct klpcc_error *text_at(const struct klpcc_elf *elf,
				   const struct klpcc_elf_symbol *symbol, int64_t addend,
				   const char **ret)
{
	uint64_t offset = symbol->value + (uint64_t)addend;
	const struct klpcc_elf_section *section;
	const unsigned char *data;
	struct klpcc_error *err;
	size_t size, left;

	if (symbol->reserved || !symbol->section)
		return klpcc_elf_error(elf, NULL, "symbol '%.80s' is not defined",
				       symbol->name);
	section = klpcc_elf_section(elf, symbol->section);
	err = klpcc_elf_section_bytes(elf, section, &data, &size);
	if (err)
		return err;
	left = offset < size ? size - offset : 0;
	if (!left || !memchr(data + offset, 0, left < TEXT_MAX ? left : TEXT_MAX))
		return klpcc_elf_error(
			elf, section,
			"no text at offset 0x%llx, where an export's name or namespace should be",
			(unsigned long long)offset);
	*ret = (const char *)data + offset;
	return NULL;
}

static struct klpcc_error *read_field(struct klpcc_module *module, enum field field,
				      const struct klpcc_elf_relocation *relocation,
				      struct klpcc_module_export *entry)
{
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;
	size_t count;

	if (field == FIELD_VALUE) {
		entry->symbol = relocation->symbol;
		return NULL;
	}
	err = klpcc_elf_symbols(module->elf, &symbols, &count);
	if (err)
		return err;
	return text_at(module->elf, &symbols[relocation->symbol], relocation->addend,
		       field == FIELD_NAME ? &entry->target.name
					   : &entry->target.namespace_);
}

/* The letter is a capital when lookup in __ksymtab finds the symbol's own name and value. */
static struct klpcc_error *finish_entry(const struct klpcc_module *module,
					const struct table *table, size_t index,
					struct klpcc_module_export *entry)
{
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;
	size_t count;

	if (!entry->target.name || !entry->symbol)
		return klpcc_elf_error(module->elf, table->relocations,
				       "entry %zu of '%s' has no %s", index,
				       table->section->name,
				       entry->target.name ? "symbol" : "name");
	err = klpcc_elf_symbols(module->elf, &symbols, &count);
	if (err)
		return err;
	entry->target.gpl = table->flags ? table->flags[index] & KFLAG_GPL : table->gpl;
	entry->capital =
		!table->gpl && !strcmp(symbols[entry->symbol].name, entry->target.name);
	return NULL;
}

static struct klpcc_error *read_entries(struct klpcc_module *module,
					const struct table *table, size_t entries,
					const struct klpcc_elf_relocation *relocations)
{
	struct klpcc_module_export *first = &module->exports[module->export_count];
	uint64_t size = table->section->header.sh_size;
	size_t width = size / entries / FIELDS;
	struct klpcc_error *err = NULL;

	if ((width != 4 && width != 8) || size != entries * width * FIELDS)
		return klpcc_elf_error(module->elf, table->section,
				       "size 0x%llx does not match %zu entries",
				       (unsigned long long)size, entries);
	for (size_t i = 0; !err && i < entries * FIELDS; i++) {
		size_t place = relocations[i].offset / width;

		if (relocations[i].offset % width)
			return klpcc_elf_error(
				module->elf, table->relocations,
				"entry %zu: no field begins at offset 0x%llx", i,
				(unsigned long long)relocations[i].offset);
		err = read_field(module, place % FIELDS, &relocations[i],
				 &first[place / FIELDS]);
	}
	for (size_t i = 0; !err && i < entries; i++)
		err = finish_entry(module, table, i, &first[i]);
	if (!err)
		module->export_count += entries;
	return err;
}

/*
 * The checksum that a relocation of __kcrctab tells (before 5.19): the value of a symbol
 * __crc_NAME, or what is there (CONFIG_MODULE_REL_CRCS). A weak one that nothing defines
 * means none.
 */
static struct klpcc_error *crc_at(const struct klpcc_elf *elf,
				  const struct klpcc_elf_symbol *symbol, int64_t addend,
				  uint32_t *ret)
{
	uint64_t offset = symbol->value + (uint64_t)addend;
	const struct klpcc_elf_section *section;
	const unsigned char *data;
	struct klpcc_error *err;
	size_t size;

	if (symbol->reserved)
		*ret = (uint32_t)offset;
	if (symbol->reserved || !symbol->section)
		return NULL;
	section = klpcc_elf_section(elf, symbol->section);
	err = klpcc_elf_section_bytes(elf, section, &data, &size);
	if (err)
		return err;
	if (!klpcc_range_ok(offset, CRC_SIZE, size))
		return klpcc_elf_error(elf, section, "no checksum at offset 0x%llx",
				       (unsigned long long)offset);
	*ret = (uint32_t)klpcc_number(data + offset, CRC_SIZE, klpcc_elf_big_endian(elf));
	return NULL;
}

static struct klpcc_error *relocate_crcs(struct klpcc_module *module,
					 const struct table *table, size_t entries,
					 struct klpcc_module_export *first)
{
	const struct klpcc_elf_relocation *relocations;
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;
	size_t count, unused;

	err = klpcc_elf_relocations(module->elf, table->relocations, &relocations,
				    &count);
	if (!err)
		err = klpcc_elf_symbols(module->elf, &symbols, &unused);
	for (size_t i = 0; !err && i < count; i++) {
		uint64_t place = relocations[i].offset / CRC_SIZE;

		if (place >= entries || relocations[i].offset % CRC_SIZE)
			return klpcc_elf_error(
				module->elf, table->relocations,
				"entry %zu: no checksum begins at offset 0x%llx", i,
				(unsigned long long)relocations[i].offset);
		err = crc_at(module->elf, &symbols[relocations[i].symbol],
			     relocations[i].addend, &first[place].target.crc);
	}
	return err;
}

/* The checksums of a table of exports, in its order. */
static struct klpcc_error *read_crcs(struct klpcc_module *module, const char *name,
				     size_t entries, struct klpcc_module_export *first)
{
	const unsigned char *data;
	struct klpcc_error *err;
	struct table table;
	size_t size;

	err = find_table(module->elf, name, &table);
	if (err || !table.section || !table.section->header.sh_size)
		return err;
	err = klpcc_elf_section_bytes(module->elf, table.section, &data, &size);
	if (err)
		return err;
	if (size != entries * CRC_SIZE)
		return klpcc_elf_error(module->elf, table.section,
				       "%zu bytes of checksums for %zu exports", size,
				       entries);
	if (table.relocations)
		return relocate_crcs(module, &table, entries, first);
	for (size_t i = 0; i < entries; i++)
		first[i].target.crc = (uint32_t)klpcc_number(
			data + i * CRC_SIZE, CRC_SIZE, klpcc_elf_big_endian(module->elf));
	return NULL;
}

static struct klpcc_error *read_flags(const struct klpcc_module *module, size_t entries,
				      struct table *table)
{
	const struct klpcc_elf_section *section =
		klpcc_elf_find_section(module->elf, KFLAGSTAB);
	struct klpcc_error *err;
	size_t size;

	if (!section || table->gpl)
		return NULL;
	err = klpcc_elf_section_bytes(module->elf, section, &table->flags, &size);
	if (!err && size != entries)
		err = klpcc_elf_error(module->elf, section, "%zu flags for %zu exports",
				      size, entries);
	return err;
}

static struct klpcc_error *read_table(struct klpcc_module *module, const char *name)
{
	const struct klpcc_elf_relocation *relocations;
	struct klpcc_module_export *grown;
	struct klpcc_error *err;
	struct table table;
	size_t count;

	err = find_table(module->elf, name, &table);
	if (err || !table.section || !table.section->header.sh_size)
		return err;
	if (!table.relocations)
		return klpcc_elf_error(module->elf, table.section, "has no relocations");
	err = klpcc_elf_relocations(module->elf, table.relocations, &relocations, &count);
	if (err)
		return err;
	if (!count || count % FIELDS)
		return klpcc_elf_error(
			module->elf, table.relocations,
			"has %zu relocations, but needs %d for each export", count,
			FIELDS);
	err = read_flags(module, count / FIELDS, &table);
	if (err)
		return err;
	grown = reallocarray(module->exports, module->export_count + count / FIELDS,
			     sizeof(*grown));
	if (!grown)
		return klpcc_error_nomem();
	memset(&grown[module->export_count], 0, count / FIELDS * sizeof(*grown));
	module->exports = grown;
	err = read_crcs(module, table.gpl ? KCRCTAB_GPL : KCRCTAB, count / FIELDS,
			&grown[module->export_count]);
	return err ? err : read_entries(module, &table, count / FIELDS, relocations);
}

struct klpcc_error *klpcc_module_read_exports(struct klpcc_module *module)
{
	struct klpcc_error *err = read_table(module, KSYMTAB);

	return err ? err : read_table(module, KSYMTAB_GPL);
}
