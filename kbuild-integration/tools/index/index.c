// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, reading side: looks names up, and reads records.
 *
 * A look-up is a binary search. A record is checked when it is used: a damaged file is an error,
 * whatever it says.
 */
#include <elf.h>
#include <errno.h>
#include <string.h>

#include "../lib/range.h"
#include "index-private.h"

uint32_t klpcc_index_objects(const struct klpcc_index *index)
{
	return index->counts[KLPCC_DISK_OBJECTS];
}

uint32_t klpcc_index_names(const struct klpcc_index *index)
{
	return index->counts[KLPCC_DISK_NAMES];
}

uint32_t klpcc_index_symbols(const struct klpcc_index *index)
{
	return index->counts[KLPCC_DISK_SYMBOLS];
}

struct klpcc_error *klpcc_index_object(const struct klpcc_index *index, uint32_t number,
				       struct klpcc_index_object *ret)
{
	struct klpcc_error *err =
		klpcc_index_check_entry(index, KLPCC_DISK_OBJECTS, number);
	const struct klpcc_disk_object *disk;
	struct klpcc_index_object object = { 0 };
	uint32_t build_id, flags;

	if (err)
		return err;
	disk = &index->objects[number];
	object.name = klpcc_index_string(index, disk->name);
	if (!object.name)
		return klpcc_index_bad_entry(index, KLPCC_DISK_OBJECTS, number,
					     "bad name");
	build_id = le32toh(disk->build_id);
	object.build_id_size = le32toh(disk->build_id_size);
	if (!klpcc_range_ok(build_id, object.build_id_size,
			    index->counts[KLPCC_DISK_STRINGS]))
		return klpcc_index_bad_entry(index, KLPCC_DISK_OBJECTS, number,
					     "bad build id");
	if (object.build_id_size)
		object.build_id = (const unsigned char *)index->strings + build_id;
	flags = le32toh(disk->flags);
	if (flags & ~(KLPCC_DISK_SEALS_KNOWN | KLPCC_DISK_PLACES_KNOWN))
		return klpcc_index_bad_entry(index, KLPCC_DISK_OBJECTS, number,
					     "bad flags");
	object.seals_known = flags & KLPCC_DISK_SEALS_KNOWN;
	object.places_known = flags & KLPCC_DISK_PLACES_KNOWN;
	*ret = object;
	return NULL;
}

/* strcmp() of a key that is not terminated, and contains no NUL, with a string. */
static int compare_key(const char *key, size_t length, const char *string)
{
	int order = strncmp(key, string, length);

	return order ? order : -(string[length] != '\0');
}

struct klpcc_error *klpcc_index_find_object(const struct klpcc_index *index,
					    const char *name, size_t length, bool *found,
					    uint32_t *ret)
{
	uint32_t low = KLPCC_INDEX_VMLINUX + 1, high = klpcc_index_objects(index);
	uint32_t probe = KLPCC_INDEX_VMLINUX;

	*found = false;
	if (strnlen(name, length) != length)
		return NULL;
	/* vmlinux first, then the sorted modules. */
	for (;;) {
		const char *string =
			klpcc_index_string(index, index->objects[probe].name);
		int order;

		if (!string)
			return klpcc_index_bad_entry(index, KLPCC_DISK_OBJECTS, probe,
						     "bad name");
		order = compare_key(name, length, string);
		if (!order) {
			*found = true;
			*ret = probe;
			return NULL;
		}
		if (probe != KLPCC_INDEX_VMLINUX) {
			if (order < 0)
				high = probe;
			else
				low = probe + 1;
		}
		if (low >= high)
			return NULL;
		probe = low + (high - low) / 2;
	}
}

/* The first export whose name is that number or a higher one. */
static uint32_t first_export(const struct klpcc_index *index, uint32_t number)
{
	uint32_t low = 0, high = index->counts[KLPCC_DISK_EXPORTS];

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (le32toh(index->exports[middle].name) < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t count_exports(const struct klpcc_index *index, uint32_t number,
			      uint32_t first)
{
	uint32_t end = first;

	while (end < index->counts[KLPCC_DISK_EXPORTS] &&
	       le32toh(index->exports[end].name) == number)
		end++;
	return end - first;
}

struct klpcc_error *klpcc_index_name_at(const struct klpcc_index *index, uint32_t number,
					struct klpcc_index_name *ret)
{
	struct klpcc_error *err =
		klpcc_index_check_entry(index, KLPCC_DISK_NAMES, number);
	const struct klpcc_disk_name *disk;
	struct klpcc_index_name name;
	uint32_t end;

	if (err)
		return err;
	disk = &index->names[number];
	name.name = klpcc_index_string(index, disk->name);
	if (!name.name)
		return klpcc_index_bad_entry(index, KLPCC_DISK_NAMES, number, "bad name");
	/* disk[1] exists: there is always a sentinel. */
	name.first_symbol = le32toh(disk->first_symbol);
	end = le32toh(disk[1].first_symbol);
	if (name.first_symbol > end || end > index->counts[KLPCC_DISK_SYMBOLS])
		return klpcc_index_bad_entry(index, KLPCC_DISK_NAMES, number,
					     "bad symbol range");
	name.symbols = end - name.first_symbol;
	name.first_export = first_export(index, number);
	name.exports = count_exports(index, number, name.first_export);
	*ret = name;
	return NULL;
}

struct klpcc_error *klpcc_index_find_name(const struct klpcc_index *index,
					  const char *name, size_t length, bool *found,
					  struct klpcc_index_name *ret)
{
	uint32_t low = 0, high = klpcc_index_names(index);

	*found = false;
	if (strnlen(name, length) != length)
		return NULL;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const char *string = klpcc_index_string(index, index->names[middle].name);
		int order;

		if (!string)
			return klpcc_index_bad_entry(index, KLPCC_DISK_NAMES, middle,
						     "bad name");
		order = compare_key(name, length, string);
		if (!order) {
			struct klpcc_error *err = klpcc_index_name_at(index, middle, ret);

			*found = !err;
			return err;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

struct klpcc_error *klpcc_index_names_from(const struct klpcc_index *index,
					   const char *text, uint32_t *ret)
{
	uint32_t low = 0, high = klpcc_index_names(index);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const char *string = klpcc_index_string(index, index->names[middle].name);

		if (!string)
			return klpcc_index_bad_entry(index, KLPCC_DISK_NAMES, middle,
						     "bad name");
		if (strcmp(string, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*ret = low;
	return NULL;
}

/*
 * The name of a symbol: the last one whose symbols begin at or before it, found by bisection, so
 * that a symbol record need not contain it.
 */
static struct klpcc_error *find_owner(const struct klpcc_index *index, uint32_t number,
				      const char **ret)
{
	uint32_t low = 0, high = klpcc_index_names(index);
	struct klpcc_index_name name;
	struct klpcc_error *err;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (le32toh(index->names[middle].first_symbol) <= number)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return klpcc_index_bad_entry(index, KLPCC_DISK_NAMES, low, "bad range");
	err = klpcc_index_name_at(index, low - 1, &name);
	if (err)
		return err;
	if (!klpcc_range_ok(number - name.first_symbol, 1, name.symbols))
		return klpcc_index_bad_entry(index, KLPCC_DISK_NAMES, low - 1,
					     "bad range");
	*ret = name.name;
	return NULL;
}

/*
 * What GCC appends to the name of a part of a function: to what ipa-split takes out ("part", N), to
 * what is rarely run ("cold", before GCC 9 with a number). Further suffixes may follow, as of a clone.
 */
static bool is_part(const char *name)
{
	const char *dot = *name ? strchr(name + 1, '.') : NULL;

	for (; dot; dot = strchr(dot + 1, '.'))
		if (strcspn(dot + 1, ".") == 4 &&
		    (!memcmp(dot, ".cold", 5) || !memcmp(dot, ".part", 5)))
			return true;
	return false;
}

/* What is in the table of addresses, or in the record of a symbol that has none. */
static struct klpcc_error *read_origin(const struct klpcc_index *index, uint32_t number,
				       struct klpcc_index_symbol *symbol)
{
	uint32_t source = index->symbols[number].origin;

	if (symbol->has_address) {
		const struct klpcc_disk_address *disk =
			index->addresses + le32toh(source);

		if (le32toh(source) >= index->counts[KLPCC_DISK_ADDRESSES])
			return klpcc_index_bad_entry(index, KLPCC_DISK_SYMBOLS, number,
						     "bad address");
		symbol->address =
			(uint64_t)le32toh(disk->high) << 32 | le32toh(disk->low);
		source = disk->source;
	}
	symbol->source = source ? klpcc_index_string(index, source) : NULL;
	if (source && !symbol->source)
		return klpcc_index_bad_entry(index, KLPCC_DISK_SYMBOLS, number,
					     "bad source file");
	return NULL;
}

/* All of a symbol but its name. name: of the symbol. */
static struct klpcc_error *read_symbol(const struct klpcc_index *index, uint32_t number,
				       const char *name, struct klpcc_index_symbol *ret)
{
	const struct klpcc_disk_symbol *disk = &index->symbols[number];
	struct klpcc_index_symbol symbol = { .name = name };
	uint32_t flags = le32toh(disk->flags);
	struct klpcc_error *err;

	symbol.object = le16toh(disk->object);
	if (symbol.object >= klpcc_index_objects(index))
		return klpcc_index_bad_entry(index, KLPCC_DISK_SYMBOLS, number,
					     "bad object");
	if (disk->kallsyms_type <= ' ' || disk->kallsyms_type > '~')
		return klpcc_index_bad_entry(index, KLPCC_DISK_SYMBOLS, number,
					     "bad type");
	symbol.sympos = flags >> KLPCC_DISK_SYMPOS_SHIFT;
	symbol.kallsyms_type = (char)disk->kallsyms_type;
	symbol.type = ELF64_ST_TYPE(disk->info);
	symbol.binding = ELF64_ST_BIND(disk->info);
	symbol.has_address = flags & KLPCC_DISK_HAS_ADDRESS;
	symbol.init = flags & KLPCC_DISK_INIT;
	symbol.sealed = flags & KLPCC_DISK_SEALED;
	symbol.patchable = flags & KLPCC_DISK_PATCHABLE;
	symbol.part = is_part(name);
	err = read_origin(index, number, &symbol);
	if (!err)
		*ret = symbol;
	return err;
}

struct klpcc_error *klpcc_index_symbol(const struct klpcc_index *index, uint32_t number,
				       struct klpcc_index_symbol *ret)
{
	struct klpcc_error *err =
		klpcc_index_check_entry(index, KLPCC_DISK_SYMBOLS, number);
	const char *name = NULL;

	if (!err)
		err = find_owner(index, number, &name);
	return err ? err : read_symbol(index, number, name, ret);
}

struct klpcc_error *klpcc_index_name_symbol(const struct klpcc_index *index,
					    const struct klpcc_index_name *name,
					    uint32_t i, struct klpcc_index_symbol *ret)
{
	struct klpcc_error *err = klpcc_index_check_entry(index, KLPCC_DISK_SYMBOLS,
							  name->first_symbol + i);

	return err ? err : read_symbol(index, name->first_symbol + i, name->name, ret);
}

/* All of an export that its own record contains. name: of the export. */
static struct klpcc_error *read_export(const struct klpcc_index *index, uint32_t number,
				       const char *name, struct klpcc_index_export *ret)
{
	const struct klpcc_disk_export *disk = &index->exports[number];
	struct klpcc_index_export symbol = { .name = name };
	uint32_t flags;

	symbol.object = le16toh(disk->object);
	if (symbol.object >= klpcc_index_objects(index))
		return klpcc_index_bad_entry(index, KLPCC_DISK_EXPORTS, number,
					     "bad object");
	symbol.namespace_ =
		disk->namespace_ ? klpcc_index_string(index, disk->namespace_) : NULL;
	if (disk->namespace_ && !symbol.namespace_)
		return klpcc_index_bad_entry(index, KLPCC_DISK_EXPORTS, number,
					     "bad namespace");
	flags = le16toh(disk->flags);
	symbol.gpl = flags & KLPCC_DISK_GPL;
	symbol.has_crc = flags & KLPCC_DISK_HAS_CRC;
	symbol.crc = le32toh(disk->crc);
	if (flags & ~(KLPCC_DISK_GPL | KLPCC_DISK_HAS_CRC) ||
	    (symbol.crc && !symbol.has_crc))
		return klpcc_index_bad_entry(index, KLPCC_DISK_EXPORTS, number,
					     "bad flags");
	*ret = symbol;
	return NULL;
}

struct klpcc_error *klpcc_index_name_export(const struct klpcc_index *index,
					    const struct klpcc_index_name *name,
					    uint32_t i, struct klpcc_index_export *ret)
{
	struct klpcc_error *err = klpcc_index_check_entry(index, KLPCC_DISK_EXPORTS,
							  name->first_export + i);

	return err ? err : read_export(index, name->first_export + i, name->name, ret);
}
