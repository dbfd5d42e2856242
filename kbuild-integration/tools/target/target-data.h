/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a struct klpcc_target contains, for the files of this directory alone.
 *
 * A distribution's kernel with all its modules has about a million symbols, so records are
 * flat arrays of numbers and every string is kept once, known by its number.
 */
#ifndef KLPCC_TARGET_DATA_H
#define KLPCC_TARGET_DATA_H

#include "target.h"

/* A number that no record has: "no object", "no export". */
#define KLPCC_NONE UINT32_MAX

struct klpcc_string {
	uint32_t offset; /* into bytes */
	uint32_t length;
	uint32_t hash;
	uint32_t object;       /* the object of that name, or KLPCC_NONE */
	uint32_t first_export; /* list of the exports of that name, or KLPCC_NONE */
};

struct klpcc_strings {
	char *bytes; /* NUL-terminated strings, one after the other */
	size_t bytes_used, bytes_capacity;
	struct klpcc_string *entries; /* number 0 is "", which stands for "none" */
	size_t count, capacity;
	uint32_t *slots; /* open addressing; number of a string, 0 is free */
	size_t slots_count;
	uint32_t *sorted; /* the first numbers, 1 to sorted_count, in strcmp() order */
	size_t sorted_count;
};

struct klpcc_object_data {
	uint32_t name;
	uint32_t symbols, exports; /* counts */
	bool exports_finished;
	bool seals_known, places_known;
	unsigned char *build_id;
	size_t build_id_size;
	uint32_t btf, btf_size; /* in the table or block */
	uint32_t block;
};

/* Big-endian BTF of a module: it can be converted once that of vmlinux is there. */
struct klpcc_pending_btf {
	struct klpcc_pending_btf *next;
	uint32_t object;
	uint32_t size;
	unsigned char data[];
};

/* BTF of modules that is not packed yet, and the blocks that are. */
struct klpcc_blocks {
	unsigned char *bytes; /* of the block that is being filled */
	size_t used, capacity;
	struct klpcc_disk_block *entries; /* as on the disk */
	size_t count, entries_capacity;
	struct ZSTD_CCtx_s *context; /* NULL: none was packed yet */
};

struct klpcc_symbol_data {
	uint64_t address;
	uint32_t name;
	uint32_t source; /* 0: unknown */
	uint32_t object;
	char kallsyms_type;
	uint8_t type;
	uint8_t binding;
	bool has_address : 1, init : 1, counted : 1, sealed : 1, patchable : 1;
};

struct klpcc_export_data {
	uint32_t name;
	uint32_t object;
	uint32_t namespace_; /* 0: none */
	uint32_t next;       /* next export of that name, or KLPCC_NONE */
	uint32_t crc;        /* 0: none */
	bool gpl;
};

struct klpcc_target {
	char *release;
	char *vermagic; /* NULL: unknown */
	uint16_t machine;
	bool kallsyms_all, kallsyms_all_known;
	struct klpcc_strings strings;
	struct klpcc_object_data *objects;
	size_t objects_count, objects_capacity;
	struct klpcc_symbol_data *symbols;
	size_t symbols_count, symbols_capacity;
	struct klpcc_export_data *exports;
	size_t exports_count, exports_capacity;
	struct klpcc_stream *stream; /* NULL: not begun */
	struct klpcc_types *types;   /* NULL: vmlinux has no BTF */
	struct klpcc_pending_btf *pending;
	struct klpcc_blocks blocks;
};

/* The number of a string, or 0 when the target has none such. */
uint32_t klpcc_string_find(const struct klpcc_strings *strings, const char *text);
/* The same; a new string gets the next number. */
struct klpcc_error *klpcc_string_intern(struct klpcc_strings *strings, const char *text,
					uint32_t *ret) KLPCC_MUST_CHECK;
/* A text that may be part of a one-line message; a name contains no blanks either. */
bool klpcc_string_printable(const char *text, bool blanks);
/* The tables for the BTF of vmlinux; 0 and NULL when it has none. */
struct klpcc_types_tables {
	const struct klpcc_disk_type *types; /* as on the disk */
	uint32_t types_count;
	const uint32_t *buckets; /* the same */
	uint32_t buckets_count;
};
struct klpcc_types_tables klpcc_types_tables(const struct klpcc_types *types);

/* types.c frees what it keeps in the target. */
void klpcc_target_drop_btf(struct klpcc_target *target);

/* Puts the BTF of vmlinux into the output (stream.c). *offset: in the table. */
struct klpcc_error *klpcc_stream_btf(struct klpcc_target *target, const void *data,
				     size_t size, uint32_t *offset) KLPCC_MUST_CHECK;
/* The same of the block that is being filled, which was packed. */
struct klpcc_error *klpcc_stream_block(struct klpcc_target *target, const void *packed,
				       size_t size, uint32_t *offset) KLPCC_MUST_CHECK;
/*
 * pack.c: puts the BTF of any object, that of a module as part of a block; nowhere while there is
 * no output.
 */
struct klpcc_error *klpcc_target_put_btf(struct klpcc_target *target, uint32_t object,
					 const void *data, size_t size) KLPCC_MUST_CHECK;
/* Packs and puts what is left. */
struct klpcc_error *
klpcc_target_finish_blocks(struct klpcc_target *target) KLPCC_MUST_CHECK;
void klpcc_blocks_deinit(struct klpcc_blocks *blocks);
void klpcc_stream_discard(struct klpcc_stream *stream);

static inline const char *klpcc_string_text(const struct klpcc_strings *strings,
					    uint32_t number)
{
	return strings->bytes + strings->entries[number].offset;
}

#endif
