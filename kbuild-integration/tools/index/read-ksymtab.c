// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Exports of vmlinux, from the tables that the module loader reads.
 *
 * An entry (include/linux/export.h, kernel/module/internal.h) is three 32-bit references,
 * each relative to its own place: value, name, namespace. GPL-only exports have a table of
 * their own; later kernels keep all in one table and one byte of flags for each.
 */
#include "read-ksymtab.h"

#include <stdio.h>
#include <string.h>

#define ENTRY_SIZE 12
#define ENTRY_NAME 4
#define ENTRY_NAMESPACE 8
#define FLAG_GPL 0x1u /* KSYM_FLAG_GPL_ONLY */

/* Longer than any name that the kernel takes; bounds the search for the NUL. */
#define STRING_LIMIT 1024

struct table {
	const char *name; /* of the section; the symbols are __start_NAME, __stop_NAME */
	uint64_t address;
	uint64_t size; /* bytes; 0: the kernel has no such table */
	const unsigned char *data;
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

static struct klpcc_error *open_table(const struct reader *reader, const char *name,
				      struct table *ret)
{
	const struct klpcc_elf_section *section =
		klpcc_elf_find_section(reader->elf, name);
	char start[64], stop[64];
	uint64_t end;

	*ret = (struct table){ .name = name };
	if (section) {
		ret->address = section->header.sh_addr;
		ret->size = section->header.sh_size;
	} else if (!klpcc_elf_sections(reader->elf)) {
		snprintf(start, sizeof(start), "__start_%s", name);
		snprintf(stop, sizeof(stop), "__stop_%s", name);
		if (reader->find(reader->arg, start, &ret->address) &&
		    reader->find(reader->arg, stop, &end) && end > ret->address)
			ret->size = end - ret->address;
	}
	if (!ret->size)
		return NULL;
	return klpcc_elf_bytes_at(reader->elf, ret->address, ret->size, &ret->data);
}

static uint32_t read32(const struct reader *reader, const unsigned char *p)
{
	if (klpcc_elf_big_endian(reader->elf))
		return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
		       p[3];
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

/* The string that the reference at `place` in the table leads to; NULL for none. */
static struct klpcc_error *string_at(const struct reader *reader,
				     const struct table *table, uint64_t place,
				     const char **ret)
{
	int32_t relative = (int32_t)read32(reader, table->data + place);
	uint64_t address = table->address + place + (uint64_t)(int64_t)relative;
	const unsigned char *text;

	*ret = NULL;
	if (!relative)
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
	return table_error(reader, table, place / ENTRY_SIZE,
			   "refers to no string of the kernel");
}

static struct klpcc_error *add_entry(const struct reader *reader,
				     const struct table *table, uint64_t number, bool gpl)
{
	const char *name, *namespace_;
	struct klpcc_error *err;

	err = string_at(reader, table, number * ENTRY_SIZE + ENTRY_NAME, &name);
	if (err)
		return err;
	if (!name || !*name)
		return table_error(reader, table, number, "has no name");
	err = string_at(reader, table, number * ENTRY_SIZE + ENTRY_NAMESPACE,
			&namespace_);
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
	if (table->size % ENTRY_SIZE)
		return klpcc_elf_error(reader->elf, NULL,
				       "%s: 0x%llx bytes are no whole number of exports",
				       table->name, (unsigned long long)table->size);
	for (uint64_t i = 0; i < table->size / ENTRY_SIZE; i++) {
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
		return klpcc_elf_error(elf, NULL, "no table of exports (__ksymtab)");
	if (flags.size && flags.size != all.size / ENTRY_SIZE)
		return klpcc_elf_error(elf, NULL,
				       "__kflagstab: %llu flags for %llu exports",
				       (unsigned long long)flags.size,
				       (unsigned long long)(all.size / ENTRY_SIZE));
	err = add_table(&reader, &all, flags.data, false);
	return err ? err : add_table(&reader, &gpl, NULL, true);
}
