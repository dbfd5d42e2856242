/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the readers of an index share: the file as open.c maps it.
 */
#ifndef KLPCC_INDEX_PRIVATE_H
#define KLPCC_INDEX_PRIVATE_H

#include <endian.h>

#include "../lib/map.h"
#include "index.h"
#include "index-format.h"

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

/* The string at a disk offset; NULL when the offset lies outside the table. */
static inline const char *klpcc_index_string(const struct klpcc_index *index,
					     uint32_t offset)
{
	offset = le32toh(offset);
	return offset < index->counts[KLPCC_DISK_STRINGS] ? index->strings + offset
							  : NULL;
}

/* open.c: fails when the table has no such entry. */
struct klpcc_error *klpcc_index_check_entry(const struct klpcc_index *index,
					    enum klpcc_disk_table_number table,
					    uint32_t number) KLPCC_MUST_CHECK;
/* open.c: an error about an entry. */
struct klpcc_error *klpcc_index_bad_entry(const struct klpcc_index *index,
					  enum klpcc_disk_table_number table,
					  uint32_t number, const char *what);

#endif
