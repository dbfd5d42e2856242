// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, reading side: maps the file that `klpcc index` wrote and answers from it.
 *
 * Runs inside the tool and inside GCC, once for a translation unit, so opening reads the
 * header and nothing else, and a look-up is a binary search. The header is checked at open,
 * a record when it is used: a damaged file is an error, whatever it says.
 */
#include "index.h"

#include <assert.h>
#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/map.h"
#include "../lib/range.h"
#include "btf-words.h"
#include "index-format.h"
#include "unpack.h"

/* The records are read in place: their size on disk is their size here. */
static_assert(sizeof(struct klpcc_disk_header) == 200, "format");
static_assert(sizeof(struct klpcc_disk_object) == 28, "format");
static_assert(sizeof(struct klpcc_disk_name) == 8, "format");
static_assert(sizeof(struct klpcc_disk_symbol) == 12, "format");
static_assert(sizeof(struct klpcc_disk_export) == 16, "format");
static_assert(sizeof(struct klpcc_disk_type) == 8, "format");
static_assert(sizeof(struct klpcc_disk_block) == 12, "format");
static_assert(sizeof(struct klpcc_disk_address) == 12, "format");

struct klpcc_index {
	char *path; /* or label */
	const void *map;
	struct klpcc_map file; /* not open: map is borrowed */
	size_t size;
	const struct klpcc_disk_object *objects;
	const struct klpcc_disk_name *names;
	const struct klpcc_disk_symbol *symbols;
	const struct klpcc_disk_export *exports;
	const struct klpcc_disk_address *addresses;
	const unsigned char *btf;
	const struct klpcc_disk_block *blocks;
	const struct klpcc_disk_type *types;
	const uint32_t *buckets;
	const char *strings;
	const char *vermagic; /* NULL: unknown */
	uint16_t machine;
	char digest[17];
	enum klpcc_index_kallsyms_all kallsyms_all;
	uint32_t counts[KLPCC_DISK_TABLES]; /* names: without the sentinel */
};

static const struct {
	const char *name;
	uint32_t entry_size;
	uint32_t minimum; /* entries that every index has */
} tables[KLPCC_DISK_TABLES] = {
	[KLPCC_DISK_BTF] = { "BTF", KLPCC_DISK_ALIGN, 0 },
	[KLPCC_DISK_BLOCKS] = { "blocks", sizeof(struct klpcc_disk_block), 0 },
	[KLPCC_DISK_OBJECTS] = { "objects", sizeof(struct klpcc_disk_object), 1 },
	[KLPCC_DISK_NAMES] = { "names", sizeof(struct klpcc_disk_name), 1 },
	[KLPCC_DISK_SYMBOLS] = { "symbols", sizeof(struct klpcc_disk_symbol), 0 },
	[KLPCC_DISK_ADDRESSES] = { "addresses", sizeof(struct klpcc_disk_address), 0 },
	[KLPCC_DISK_EXPORTS] = { "exports", sizeof(struct klpcc_disk_export), 0 },
	[KLPCC_DISK_TYPES] = { "types", sizeof(struct klpcc_disk_type), 0 },
	[KLPCC_DISK_BUCKETS] = { "buckets", sizeof(uint32_t), 0 },
	[KLPCC_DISK_STRINGS] = { "strings", 1, 1 },
};

static struct klpcc_error *damaged_error(const char *table, uint32_t entry,
					 const char *what)
{
	return klpcc_error_new(EINVAL, "damaged index: entry %u of table %s: %s", entry,
			       table, what);
}

/* Magic, version and sizes. The version comes first: an older header may be shorter. */
static struct klpcc_error *check_header(const struct klpcc_disk_header *header,
					size_t size)
{
	size_t magic = sizeof(header->magic);

	if (memcmp(header, KLPCC_DISK_MAGIC, size < magic ? size : magic) || !size)
		return klpcc_error_new(EINVAL, "not a klpcc index");
	if (size < magic + sizeof(header->version))
		return klpcc_error_new(EINVAL, "truncated index: %zu bytes", size);
	if (le32toh(header->version) != KLPCC_DISK_VERSION)
		return klpcc_error_new(
			EINVAL,
			"index format %u, but this klpcc reads %u; make it again with `klpcc index`",
			le32toh(header->version), KLPCC_DISK_VERSION);
	if (size < sizeof(*header))
		return klpcc_error_new(EINVAL, "truncated index: %zu bytes", size);
	if (le32toh(header->header_size) != sizeof(*header))
		return klpcc_error_new(EINVAL, "damaged index: header of %u bytes",
				       le32toh(header->header_size));
	if (le64toh(header->file_size) != size)
		return klpcc_error_new(
			EINVAL,
			"truncated or damaged index: %zu bytes, but its header says %llu",
			size, (unsigned long long)le64toh(header->file_size));
	return NULL;
}

/* What later formats may put there must not pass for what this one knows. */
static struct klpcc_error *check_flags(const struct klpcc_disk_header *header)
{
	uint16_t flags = le16toh(header->flags);

	if (flags & ~(KLPCC_DISK_KALLSYMS_ALL | KLPCC_DISK_KALLSYMS_ALL_KNOWN) ||
	    flags == KLPCC_DISK_KALLSYMS_ALL)
		return klpcc_error_new(EINVAL, "damaged index: header flags 0x%x", flags);
	return NULL;
}

static struct klpcc_error *check_tables(const struct klpcc_disk_header *header,
					size_t size)
{
	uint64_t expected = sizeof(*header);
	uint32_t buckets;

	for (int i = 0; i < KLPCC_DISK_TABLES; i++) {
		const struct klpcc_disk_table *table = &header->tables[i];
		uint64_t offset = le64toh(table->offset);
		uint32_t count = le32toh(table->count);

		expected =
			(expected + KLPCC_DISK_ALIGN - 1) & -(uint64_t)KLPCC_DISK_ALIGN;
		if (le32toh(table->entry_size) != tables[i].entry_size)
			return klpcc_error_new(
				EINVAL, "damaged index: table %s has entries of %u bytes",
				tables[i].name, le32toh(table->entry_size));
		if (offset != expected || count < tables[i].minimum ||
		    !klpcc_range_array_ok(offset, count, tables[i].entry_size, size))
			return klpcc_error_new(
				EINVAL,
				"damaged index: table %s, offset %llu, %u entries",
				tables[i].name, (unsigned long long)offset, count);
		expected = offset + (uint64_t)count * tables[i].entry_size;
	}
	buckets = le32toh(header->tables[KLPCC_DISK_BUCKETS].count);
	if (buckets & (buckets - 1))
		return klpcc_error_new(EINVAL, "damaged index: %u buckets", buckets);
	if (expected != size)
		return klpcc_error_new(EINVAL, "damaged index: bytes after the strings");
	if (le32toh(header->vermagic) >=
	    le32toh(header->tables[KLPCC_DISK_STRINGS].count))
		return klpcc_error_new(EINVAL, "damaged index: vermagic at %u",
				       le32toh(header->vermagic));
	if (((const char *)header)[size - 1])
		return klpcc_error_new(EINVAL,
				       "damaged index: the strings do not end in NUL");
	return NULL;
}

static void set_tables(struct klpcc_index *index)
{
	const struct klpcc_disk_header *header = index->map;
	const char *start[KLPCC_DISK_TABLES];

	for (int i = 0; i < KLPCC_DISK_TABLES; i++) {
		start[i] = (const char *)index->map + le64toh(header->tables[i].offset);
		index->counts[i] = le32toh(header->tables[i].count);
	}
	index->counts[KLPCC_DISK_NAMES]--; /* the sentinel */
	snprintf(index->digest, sizeof(index->digest), "%016llx",
		 (unsigned long long)le64toh(header->digest));
	if (header->flags & htole16(KLPCC_DISK_KALLSYMS_ALL_KNOWN))
		index->kallsyms_all = header->flags & htole16(KLPCC_DISK_KALLSYMS_ALL)
					      ? KLPCC_INDEX_KALLSYMS_ALL_YES
					      : KLPCC_INDEX_KALLSYMS_ALL_NO;
	index->objects = (const void *)start[KLPCC_DISK_OBJECTS];
	index->names = (const void *)start[KLPCC_DISK_NAMES];
	index->symbols = (const void *)start[KLPCC_DISK_SYMBOLS];
	index->addresses = (const void *)start[KLPCC_DISK_ADDRESSES];
	index->exports = (const void *)start[KLPCC_DISK_EXPORTS];
	index->blocks = (const void *)start[KLPCC_DISK_BLOCKS];
	index->btf = (const void *)start[KLPCC_DISK_BTF];
	index->types = (const void *)start[KLPCC_DISK_TYPES];
	index->buckets = (const void *)start[KLPCC_DISK_BUCKETS];
	index->strings = start[KLPCC_DISK_STRINGS];
	if (header->vermagic)
		index->vermagic = index->strings + le32toh(header->vermagic);
	index->machine = le16toh(header->machine);
}

static struct klpcc_error *take_map(struct klpcc_index *index)
{
	struct klpcc_error *err;

	err = check_header(index->map, index->size);
	if (!err)
		err = check_flags(index->map);
	if (!err)
		err = check_tables(index->map, index->size);
	if (!err)
		set_tables(index);
	return err;
}

static struct klpcc_error *map_file(int fd, struct klpcc_index *index)
{
	struct klpcc_error *err;
	struct stat st;

	if (fstat(fd, &st) < 0)
		return klpcc_error_errno(errno, "cannot stat");
	if (S_ISDIR(st.st_mode))
		return klpcc_error_new(EISDIR, "is a directory");
	if (!S_ISREG(st.st_mode) || !st.st_size)
		return klpcc_error_new(EINVAL, "not a klpcc index");
	err = klpcc_map_open(fd, index->path, &index->file);
	if (err)
		return err;
	index->map = index->file.data;
	index->size = index->file.size;
	return take_map(index);
}

static struct klpcc_index *new_index(const char *path)
{
	struct klpcc_index *index = calloc(1, sizeof(*index));

	if (index)
		index->path = strdup(path);
	if (index && index->path)
		return index;
	klpcc_index_close(index);
	return NULL;
}

struct klpcc_error *klpcc_index_open(const char *path, struct klpcc_index **ret)
{
	struct klpcc_index *index = new_index(path);
	struct klpcc_error *err;
	int fd;

	if (!index)
		return klpcc_error_nomem();
	/* O_NONBLOCK: a FIFO is refused below, not waited for. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		err = klpcc_error_errno(errno, "%s: cannot open the target index", path);
		klpcc_index_close(index);
		return err;
	}
	err = map_file(fd, index);
	if (err) {
		if (!index->file.data)
			close(fd);
		klpcc_index_close(index);
		return klpcc_error_prefix(err, "%s", path);
	}
	*ret = index;
	return NULL;
}

struct klpcc_error *klpcc_index_open_memory(const char *label, const void *data,
					    size_t size, struct klpcc_index **ret)
{
	struct klpcc_index *index = new_index(label);
	struct klpcc_error *err;

	if (!index)
		return klpcc_error_nomem();
	index->map = data;
	index->size = size;
	err = take_map(index);
	if (err) {
		klpcc_index_close(index);
		return klpcc_error_prefix(err, "%s", label);
	}
	*ret = index;
	return NULL;
}

void klpcc_index_close(struct klpcc_index *index)
{
	if (!index)
		return;
	klpcc_map_close(&index->file);
	free(index->path);
	free(index);
}

struct klpcc_error *klpcc_index_check_unchanged(const struct klpcc_index *index)
{
	return index->file.data ? klpcc_error_prefix(klpcc_map_check(&index->file), "%s",
						     index->path)
				: NULL;
}

const char *klpcc_index_release(const struct klpcc_index *index)
{
	return index->strings;
}

const char *klpcc_index_vermagic(const struct klpcc_index *index)
{
	return index->vermagic;
}

uint16_t klpcc_index_machine(const struct klpcc_index *index)
{
	return index->machine;
}

const char *klpcc_index_digest(const struct klpcc_index *index)
{
	return index->digest;
}

bool klpcc_index_table(const struct klpcc_index *index, uint32_t number,
		       struct klpcc_index_table *ret)
{
	const struct klpcc_disk_header *header = index->map;

	if (number >= KLPCC_DISK_TABLES)
		return false;
	ret->name = tables[number].name;
	ret->entries = le32toh(header->tables[number].count);
	ret->size = (uint64_t)ret->entries * tables[number].entry_size;
	return true;
}

enum klpcc_index_kallsyms_all klpcc_index_kallsyms_all(const struct klpcc_index *index)
{
	return index->kallsyms_all;
}

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

/* The string at a disk offset; NULL when the offset lies outside the table. */
static const char *string_at(const struct klpcc_index *index, uint32_t offset)
{
	offset = le32toh(offset);
	return offset < index->counts[KLPCC_DISK_STRINGS] ? index->strings + offset
							  : NULL;
}

static struct klpcc_error *check_entry(const struct klpcc_index *index,
				       enum klpcc_disk_table_number table,
				       uint32_t number)
{
	if (number < index->counts[table])
		return NULL;
	return klpcc_error_prefix(
		damaged_error(tables[table].name, number, "no such entry"), "%s",
		index->path);
}

static struct klpcc_error *bad_entry(const struct klpcc_index *index,
				     enum klpcc_disk_table_number table, uint32_t number,
				     const char *what)
{
	return klpcc_error_prefix(damaged_error(tables[table].name, number, what), "%s",
				  index->path);
}

struct klpcc_error *klpcc_index_object(const struct klpcc_index *index, uint32_t number,
				       struct klpcc_index_object *ret)
{
	struct klpcc_error *err = check_entry(index, KLPCC_DISK_OBJECTS, number);
	const struct klpcc_disk_object *disk;
	struct klpcc_index_object object = { 0 };
	uint32_t build_id, flags;

	if (err)
		return err;
	disk = &index->objects[number];
	object.name = string_at(index, disk->name);
	if (!object.name)
		return bad_entry(index, KLPCC_DISK_OBJECTS, number, "bad name");
	build_id = le32toh(disk->build_id);
	object.build_id_size = le32toh(disk->build_id_size);
	if (!klpcc_range_ok(build_id, object.build_id_size,
			    index->counts[KLPCC_DISK_STRINGS]))
		return bad_entry(index, KLPCC_DISK_OBJECTS, number, "bad build id");
	if (object.build_id_size)
		object.build_id = (const unsigned char *)index->strings + build_id;
	flags = le32toh(disk->flags);
	if (flags & ~(KLPCC_DISK_SEALS_KNOWN | KLPCC_DISK_PLACES_KNOWN))
		return bad_entry(index, KLPCC_DISK_OBJECTS, number, "bad flags");
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
		const char *string = string_at(index, index->objects[probe].name);
		int order;

		if (!string)
			return bad_entry(index, KLPCC_DISK_OBJECTS, probe, "bad name");
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
	struct klpcc_error *err = check_entry(index, KLPCC_DISK_NAMES, number);
	const struct klpcc_disk_name *disk;
	struct klpcc_index_name name;
	uint32_t end;

	if (err)
		return err;
	disk = &index->names[number];
	name.name = string_at(index, disk->name);
	if (!name.name)
		return bad_entry(index, KLPCC_DISK_NAMES, number, "bad name");
	/* disk[1] exists: there is always a sentinel. */
	name.first_symbol = le32toh(disk->first_symbol);
	end = le32toh(disk[1].first_symbol);
	if (name.first_symbol > end || end > index->counts[KLPCC_DISK_SYMBOLS])
		return bad_entry(index, KLPCC_DISK_NAMES, number, "bad symbol range");
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
		const char *string = string_at(index, index->names[middle].name);
		int order;

		if (!string)
			return bad_entry(index, KLPCC_DISK_NAMES, middle, "bad name");
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
		const char *string = string_at(index, index->names[middle].name);

		if (!string)
			return bad_entry(index, KLPCC_DISK_NAMES, middle, "bad name");
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
		return bad_entry(index, KLPCC_DISK_NAMES, low, "bad range");
	err = klpcc_index_name_at(index, low - 1, &name);
	if (err)
		return err;
	if (!klpcc_range_ok(number - name.first_symbol, 1, name.symbols))
		return bad_entry(index, KLPCC_DISK_NAMES, low - 1, "bad range");
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
			return bad_entry(index, KLPCC_DISK_SYMBOLS, number,
					 "bad address");
		symbol->address =
			(uint64_t)le32toh(disk->high) << 32 | le32toh(disk->low);
		source = disk->source;
	}
	symbol->source = source ? string_at(index, source) : NULL;
	if (source && !symbol->source)
		return bad_entry(index, KLPCC_DISK_SYMBOLS, number, "bad source file");
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
		return bad_entry(index, KLPCC_DISK_SYMBOLS, number, "bad object");
	if (disk->kallsyms_type <= ' ' || disk->kallsyms_type > '~')
		return bad_entry(index, KLPCC_DISK_SYMBOLS, number, "bad type");
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
	struct klpcc_error *err = check_entry(index, KLPCC_DISK_SYMBOLS, number);
	const char *name = NULL;

	if (!err)
		err = find_owner(index, number, &name);
	return err ? err : read_symbol(index, number, name, ret);
}

struct klpcc_error *klpcc_index_name_symbol(const struct klpcc_index *index,
					    const struct klpcc_index_name *name,
					    uint32_t i, struct klpcc_index_symbol *ret)
{
	struct klpcc_error *err =
		check_entry(index, KLPCC_DISK_SYMBOLS, name->first_symbol + i);

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
		return bad_entry(index, KLPCC_DISK_EXPORTS, number, "bad object");
	symbol.namespace_ = disk->namespace_ ? string_at(index, disk->namespace_) : NULL;
	if (disk->namespace_ && !symbol.namespace_)
		return bad_entry(index, KLPCC_DISK_EXPORTS, number, "bad namespace");
	flags = le16toh(disk->flags);
	symbol.gpl = flags & KLPCC_DISK_GPL;
	symbol.has_crc = flags & KLPCC_DISK_HAS_CRC;
	symbol.crc = le32toh(disk->crc);
	if (flags & ~(KLPCC_DISK_GPL | KLPCC_DISK_HAS_CRC) ||
	    (symbol.crc && !symbol.has_crc))
		return bad_entry(index, KLPCC_DISK_EXPORTS, number, "bad flags");
	*ret = symbol;
	return NULL;
}

struct klpcc_error *klpcc_index_name_export(const struct klpcc_index *index,
					    const struct klpcc_index_name *name,
					    uint32_t i, struct klpcc_index_export *ret)
{
	struct klpcc_error *err =
		check_entry(index, KLPCC_DISK_EXPORTS, name->first_export + i);

	return err ? err : read_export(index, name->first_export + i, name->name, ret);
}

void klpcc_index_block_deinit(struct klpcc_index_block *block)
{
	free(block->bytes);
	*block = (struct klpcc_index_block){ 0 };
}

uint32_t klpcc_index_block(const struct klpcc_index *index, uint32_t object)
{
	return object < klpcc_index_objects(index) ? le32toh(index->objects[object].block)
						   : 0;
}

static struct klpcc_error *unpack_block(const struct klpcc_index *index, uint32_t number,
					struct klpcc_index_block *block)
{
	uint64_t room = (uint64_t)index->counts[KLPCC_DISK_BTF] * KLPCC_DISK_ALIGN;
	struct klpcc_error *err = check_entry(index, KLPCC_DISK_BLOCKS, number);
	const struct klpcc_disk_block *disk = &index->blocks[number];
	uint32_t offset, packed;

	if (err || (block->bytes && block->number == number))
		return err;
	klpcc_index_block_deinit(block);
	offset = le32toh(disk->offset);
	packed = le32toh(disk->packed_size);
	if (!klpcc_range_ok(offset, packed, room) ||
	    le32toh(disk->size) > KLPCC_DISK_BLOCK_MAX)
		return bad_entry(index, KLPCC_DISK_BLOCKS, number, "bad place or size");
	block->number = number;
	block->size = le32toh(disk->size);
	err = klpcc_unpack(index->btf + offset, packed, block->size, &block->bytes);
	return klpcc_error_prefix(err, "%s: damaged index: entry %u of table blocks",
				  index->path, number);
}

static struct klpcc_error *copy_btf(const struct klpcc_index *index, uint32_t object,
				    uint32_t offset, struct klpcc_index_block *block,
				    struct klpcc_index_btf *btf)
{
	struct klpcc_error *err =
		unpack_block(index, le32toh(index->objects[object].block), block);

	if (err)
		return err;
	if (!klpcc_range_ok(offset, btf->size, block->size))
		return bad_entry(index, KLPCC_DISK_OBJECTS, object, "bad BTF");
	btf->unpacked = malloc(btf->size);
	if (!btf->unpacked)
		return klpcc_error_nomem();
	memcpy(btf->unpacked, block->bytes + offset, btf->size);
	klpcc_btf_decode(btf->unpacked, btf->size);
	btf->data = btf->unpacked;
	return NULL;
}

/* That of vmlinux is there as it is. */
static struct klpcc_error *find_btf(const struct klpcc_index *index, uint32_t offset,
				    struct klpcc_index_btf *btf)
{
	uint64_t room = (uint64_t)index->counts[KLPCC_DISK_BTF] * KLPCC_DISK_ALIGN;

	if (!klpcc_range_ok(offset, btf->size, room))
		return bad_entry(index, KLPCC_DISK_OBJECTS, KLPCC_INDEX_VMLINUX,
				 "bad BTF");
	btf->data = index->btf + offset;
	btf->types = index->types;
	btf->types_count = index->counts[KLPCC_DISK_TYPES];
	btf->buckets = index->buckets;
	btf->buckets_count = index->counts[KLPCC_DISK_BUCKETS];
	return NULL;
}

struct klpcc_error *klpcc_index_btf(const struct klpcc_index *index, uint32_t object,
				    struct klpcc_index_block *block,
				    struct klpcc_index_btf *ret)
{
	struct klpcc_error *err = check_entry(index, KLPCC_DISK_OBJECTS, object);
	struct klpcc_index_btf btf = { .label = index->path };
	uint32_t offset;

	if (err)
		return err;
	offset = le32toh(index->objects[object].btf);
	btf.size = le32toh(index->objects[object].btf_size);
	if (offset % KLPCC_DISK_ALIGN)
		return bad_entry(index, KLPCC_DISK_OBJECTS, object, "bad BTF");
	if (btf.size && object == KLPCC_INDEX_VMLINUX)
		err = find_btf(index, offset, &btf);
	else if (btf.size)
		err = copy_btf(index, object, offset, block, &btf);
	if (!err)
		*ret = btf;
	return err;
}

void klpcc_index_btf_deinit(struct klpcc_index_btf *btf)
{
	free(btf->unpacked);
	*btf = (struct klpcc_index_btf){ 0 };
}
