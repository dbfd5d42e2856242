// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, reading side: opens the file that `klpcc index` wrote, and answers what its header
 * does.
 *
 * Runs inside the tool and inside GCC, once for a translation unit, so opening reads the header and
 * nothing else, and checks each of its fields against the others.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/range.h"
#include "index-private.h"

/* The records are read in place: their size on disk is their size here. */
static_assert(sizeof(struct klpcc_disk_header) == 200, "format");
static_assert(sizeof(struct klpcc_disk_object) == 28, "format");
static_assert(sizeof(struct klpcc_disk_name) == 8, "format");
static_assert(sizeof(struct klpcc_disk_symbol) == 12, "format");
static_assert(sizeof(struct klpcc_disk_export) == 16, "format");
static_assert(sizeof(struct klpcc_disk_type) == 8, "format");
static_assert(sizeof(struct klpcc_disk_block) == 12, "format");
static_assert(sizeof(struct klpcc_disk_address) == 12, "format");

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

struct klpcc_error *klpcc_index_is_file(const char *path, bool *ret)
{
	char magic[sizeof(KLPCC_DISK_MAGIC) - 1];
	/* O_NONBLOCK: a FIFO is refused later, not waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return klpcc_error_errno(errno, "%s: cannot open", path);
	/* What cannot be read so is no index; the reader of modules says what is wrong with it. */
	*ret = pread(fd, magic, sizeof(magic), 0) == (ssize_t)sizeof(magic) &&
	       !memcmp(magic, KLPCC_DISK_MAGIC, sizeof(magic));
	close(fd);
	return NULL;
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

struct klpcc_error *klpcc_index_check_entry(const struct klpcc_index *index,
					    enum klpcc_disk_table_number table,
					    uint32_t number)
{
	if (number < index->counts[table])
		return NULL;
	return klpcc_error_prefix(
		damaged_error(tables[table].name, number, "no such entry"), "%s",
		index->path);
}

struct klpcc_error *klpcc_index_bad_entry(const struct klpcc_index *index,
					  enum klpcc_disk_table_number table,
					  uint32_t number, const char *what)
{
	return klpcc_error_prefix(damaged_error(tables[table].name, number, what), "%s",
				  index->path);
}
