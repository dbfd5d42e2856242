// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Exports of vmlinux, from the tables that the module loader reads.
 *
 * An entry (struct kernel_symbol, include/linux/export.h, kernel/module/internal.h) is three
 * references: value, name, namespace. They are 32 bits wide and each relative to its own place
 * where the architecture has CONFIG_HAVE_ARCH_PREL32_RELOCATIONS (x86), else 64-bit addresses
 * (s390). GPL-only exports have a table of their own; later kernels keep all in one table and
 * one byte of flags for each.
 */
#include "read-ksymtab.h"

#include <stdio.h>
#include <string.h>

#include "../lib/number.h"
/* References of an entry, by their number. */
enum {
	FIELD_VALUE,
	FIELD_NAME,
	FIELD_NAMESPACE,
	FIELDS,
};

#define RELATIVE_WIDTH 4 /* bytes of a reference */
#define ABSOLUTE_WIDTH 8
#define CRC_SIZE 4    /* bytes, of a table __kcrctab */
#define FLAG_GPL 0x1u /* KSYM_FLAG_GPL_ONLY */

/* Longer than any name that the kernel takes; bounds the search for the NUL. */
#define STRING_LIMIT 1024

struct table {
	const char *name; /* of the section; the symbols are __start_NAME, __stop_NAME */
	uint64_t address;
	uint64_t size; /* bytes; 0: the kernel has no such table */
	const unsigned char *data;
	uint64_t width; /* RELATIVE_WIDTH or ABSOLUTE_WIDTH */
};

/* The checksums of a table's exports, in its order (CONFIG_MODVERSIONS). */
struct crcs {
	uint64_t address;
	const unsigned char *data; /* NULL: there are none */
	bool relative; /* CONFIG_MODULE_REL_CRCS, before 5.19: distances to the checksums */
};

struct reader {
	struct klpcc_target *target;
	const struct klpcc_elf *elf;
	klpcc_find_symbol *find;
	const void *arg;
};

static struct klpcc_error *table_error(const struct reader *reader,
				       const struct table *table, uint64_t number,
				       const char *what)
{
	return klpcc_elf_error(
		reader->elf, klpcc_elf_find_section(reader->elf, table->name),
		"%s: entry %llu: %s", table->name, (unsigned long long)number, what);
}

static uint64_t read_number(const struct reader *reader, const unsigned char *p,
			    uint64_t width)
{
	return klpcc_number(p, width, klpcc_elf_big_endian(reader->elf));
}

static uint64_t entry_size(const struct table *table)
{
	return table->width * FIELDS;
}

/* The address that a reference of an entry leads to; 0 for none. */
static uint64_t address_at(const struct reader *reader, const struct table *table,
			   uint64_t number, uint64_t field)
{
	uint64_t place = number * entry_size(table) + field * table->width;
	uint64_t value = read_number(reader, table->data + place, table->width);

	if (!value || table->width == ABSOLUTE_WIDTH)
		return value;
	return table->address + place + (uint64_t)(int64_t)(int32_t)value;
}

static bool in_file(const struct reader *reader, uint64_t address)
{
	const unsigned char *unused;
	struct klpcc_error *err = klpcc_elf_bytes_at(reader->elf, address, 1, &unused);

	klpcc_error_free(err);
	return !err;
}

/*
 * Two relative references, read as one address, are not in the kernel: the upper half of
 * all its addresses is the same, but references to namespaces and names differ.
 */
static uint64_t find_width(const struct reader *reader, const struct table *table)
{
	struct table wide = *table;
	uint64_t namespace_;

	wide.width = ABSOLUTE_WIDTH;
	if (!table->size || table->size % entry_size(&wide) ||
	    !in_file(reader, address_at(reader, &wide, 0, FIELD_NAME)))
		return RELATIVE_WIDTH;
	namespace_ = address_at(reader, &wide, 0, FIELD_NAMESPACE);
	return !namespace_ || in_file(reader, namespace_) ? ABSOLUTE_WIDTH
							  : RELATIVE_WIDTH;
}

/* Bytes; 0: the kernel has no such table. */
static uint64_t find_table(const struct reader *reader, const char *name,
			   uint64_t *address)
{
	const struct klpcc_elf_section *section =
		klpcc_elf_find_section(reader->elf, name);
	char start[64], stop[64];
	uint64_t end;

	if (section) {
		*address = section->header.sh_addr;
		return section->header.sh_size;
	}
	snprintf(start, sizeof(start), "__start_%s", name);
	snprintf(stop, sizeof(stop), "__stop_%s", name);
	if (!reader->find(reader->arg, start, address) ||
	    !reader->find(reader->arg, stop, &end) || end < *address)
		return 0;
	return end - *address;
}

static struct klpcc_error *open_table(const struct reader *reader, const char *name,
				      struct table *ret)
{
	struct klpcc_error *err;

	*ret = (struct table){ .name = name, .width = RELATIVE_WIDTH };
	ret->size = find_table(reader, name, &ret->address);
	if (!ret->size)
		return NULL;
	err = klpcc_elf_bytes_at(reader->elf, ret->address, ret->size, &ret->data);
	if (!err)
		ret->width = find_width(reader, ret);
	return err;
}

/* The string that a reference of an entry leads to; NULL for none. */
static struct klpcc_error *string_at(const struct reader *reader,
				     const struct table *table, uint64_t number,
				     uint64_t field, const char **ret)
{
	uint64_t address = address_at(reader, table, number, field);
	const unsigned char *text;

	*ret = NULL;
	if (!address)
		return NULL;
	/* The end of the segment may be closer than the longest string. */
	for (uint64_t length = STRING_LIMIT; length; length /= 2) {
		struct klpcc_error *err =
			klpcc_elf_bytes_at(reader->elf, address, length, &text);

		if (err) {
			klpcc_error_free(err);
			continue;
		}
		if (!memchr(text, '\0', length))
			break;
		*ret = (const char *)text;
		return NULL;
	}
	return table_error(reader, table, number,
			   "does not refer to a string of the kernel");
}

/* The place that a relative entry leads to. */
static uint64_t crc_address(const struct reader *reader, const struct crcs *crcs,
			    uint64_t number)
{
	uint64_t place = number * CRC_SIZE;
	uint32_t value = (uint32_t)read_number(reader, crcs->data + place, CRC_SIZE);

	return crcs->address + place + (uint64_t)(int64_t)(int32_t)value;
}

/* Of 32-bit numbers that are not distances, hardly any leads into the kernel. */
static bool are_relative(const struct reader *reader, const struct crcs *crcs,
			 uint64_t count)
{
	uint64_t inside = 0;

	for (uint64_t i = 0; i < count; i++)
		inside += in_file(reader, crc_address(reader, crcs, i));
	return inside > count / 2;
}

static struct klpcc_error *open_crcs(const struct reader *reader,
				     const struct table *table, const char *name,
				     struct crcs *ret)
{
	struct crcs crcs = { 0 };
	uint64_t size = find_table(reader, name, &crcs.address);
	uint64_t count = table->size / entry_size(table);
	struct klpcc_error *err = NULL;

	if (size && size != count * CRC_SIZE)
		return klpcc_elf_error(reader->elf, NULL,
				       "%s: 0x%llx bytes of checksums for %llu exports",
				       name, (unsigned long long)size,
				       (unsigned long long)count);
	if (size)
		err = klpcc_elf_bytes_at(reader->elf, crcs.address, size, &crcs.data);
	if (!err && size)
		crcs.relative = are_relative(reader, &crcs, count);
	*ret = crcs;
	return err;
}

/* 0: it has none. */
static uint32_t crc_of(const struct reader *reader, const struct crcs *crcs,
		       uint64_t number)
{
	const unsigned char *place = crcs->data;
	struct klpcc_error *err = NULL;

	if (!place)
		return 0;
	if (crcs->relative)
		err = klpcc_elf_bytes_at(reader->elf, crc_address(reader, crcs, number),
					 CRC_SIZE, &place);
	else
		place += number * CRC_SIZE;
	if (err) {
		/* Of a weak symbol that nothing defines. */
		klpcc_error_free(err);
		return 0;
	}
	return (uint32_t)read_number(reader, place, CRC_SIZE);
}

static struct klpcc_error *add_entry(const struct reader *reader,
				     const struct table *table, uint64_t number,
				     uint32_t crc, bool gpl)
{
	struct klpcc_target_export export_ = { .crc = crc, .gpl = gpl };
	struct klpcc_error *err;

	err = string_at(reader, table, number, FIELD_NAME, &export_.name);
	if (err)
		return err;
	if (!export_.name || !*export_.name)
		return table_error(reader, table, number, "has no name");
	/* No namespace is an empty string, and was a null reference before 5.10. */
	err = string_at(reader, table, number, FIELD_NAMESPACE, &export_.namespace_);
	if (err)
		return err;
	err = klpcc_target_add_export(reader->target, KLPCC_TARGET_VMLINUX, &export_);
	return klpcc_error_prefix(err, "%s: %s: entry %llu", klpcc_elf_label(reader->elf),
				  table->name, (unsigned long long)number);
}

/* flags: one byte for each entry, or NULL where the table itself says what is GPL-only. */
static struct klpcc_error *add_table(const struct reader *reader,
				     const struct table *table, const char *crc_name,
				     const unsigned char *flags, bool gpl)
{
	struct klpcc_error *err;
	struct crcs crcs = { 0 };

	if (table->size % entry_size(table))
		return klpcc_elf_error(
			reader->elf, NULL,
			"%s: 0x%llx bytes are not a whole number of exports", table->name,
			(unsigned long long)table->size);
	err = open_crcs(reader, table, crc_name, &crcs);
	for (uint64_t i = 0; !err && i < table->size / entry_size(table); i++)
		err = add_entry(reader, table, i, crc_of(reader, &crcs, i),
				flags ? flags[i] & FLAG_GPL : gpl);
	return err;
}

struct klpcc_error *klpcc_read_ksymtab(struct klpcc_target *target,
				       const struct klpcc_elf *elf,
				       klpcc_find_symbol *find, const void *arg)
{
	const struct reader reader = { target, elf, find, arg };
	struct table all, gpl, flags;
	struct klpcc_error *err;

	err = open_table(&reader, "__ksymtab", &all);
	if (!err)
		err = open_table(&reader, "__ksymtab_gpl", &gpl);
	if (!err)
		err = open_table(&reader, "__kflagstab", &flags);
	if (err)
		return err;
	if (!all.size && !gpl.size)
		return klpcc_elf_error(elf, NULL, "has no table of exports (__ksymtab)");
	if (flags.size && flags.size != all.size / entry_size(&all))
		return klpcc_elf_error(elf, NULL,
				       "__kflagstab: %llu flags for %llu exports",
				       (unsigned long long)flags.size,
				       (unsigned long long)(all.size / entry_size(&all)));
	err = add_table(&reader, &all, "__kcrctab", flags.data, false);
	return err ? err : add_table(&reader, &gpl, "__kcrctab_gpl", NULL, true);
}
