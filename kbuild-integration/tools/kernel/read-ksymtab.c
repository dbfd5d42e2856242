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

static struct klpcc_error *open_table(const struct reader *reader, const char *name,
				      struct table *ret)
{
	const struct klpcc_elf_section *section =
		klpcc_elf_find_section(reader->elf, name);
	char start[64], stop[64];
	struct klpcc_error *err;
	uint64_t end;

	*ret = (struct table){ .name = name, .width = RELATIVE_WIDTH };
	if (section) {
		ret->address = section->header.sh_addr;
		ret->size = section->header.sh_size;
	} else {
		snprintf(start, sizeof(start), "__start_%s", name);
		snprintf(stop, sizeof(stop), "__stop_%s", name);
		if (reader->find(reader->arg, start, &ret->address) &&
		    reader->find(reader->arg, stop, &end) && end > ret->address)
			ret->size = end - ret->address;
	}
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

static struct klpcc_error *add_entry(const struct reader *reader,
				     const struct table *table, uint64_t number, bool gpl)
{
	const char *name, *namespace_;
	struct klpcc_error *err;

	err = string_at(reader, table, number, FIELD_NAME, &name);
	if (err)
		return err;
	if (!name || !*name)
		return table_error(reader, table, number, "has no name");
	err = string_at(reader, table, number, FIELD_NAMESPACE, &namespace_);
	if (err)
		return err;
	/* No namespace is an empty string, and was a null reference before 5.10. */
	err = klpcc_target_add_export(reader->target, KLPCC_TARGET_VMLINUX, name, gpl,
				      namespace_ && *namespace_ ? namespace_ : NULL);
	return klpcc_error_prefix(err, "%s: %s: entry %llu", klpcc_elf_label(reader->elf),
				  table->name, (unsigned long long)number);
}

/* flags: one byte for each entry, or NULL where the table itself says what is GPL-only. */
static struct klpcc_error *add_table(const struct reader *reader,
				     const struct table *table,
				     const unsigned char *flags, bool gpl)
{
	if (table->size % entry_size(table))
		return klpcc_elf_error(
			reader->elf, NULL,
			"%s: 0x%llx bytes are not a whole number of exports", table->name,
			(unsigned long long)table->size);
	for (uint64_t i = 0; i < table->size / entry_size(table); i++) {
		struct klpcc_error *err =
			add_entry(reader, table, i, flags ? flags[i] & FLAG_GPL : gpl);

		if (err)
			return err;
	}
	return NULL;
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
	err = add_table(&reader, &all, flags.data, false);
	return err ? err : add_table(&reader, &gpl, NULL, true);
}
