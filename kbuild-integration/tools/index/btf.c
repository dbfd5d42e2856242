// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The target's types: see btf.h.
 */
#include "btf.h"

#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/hash.h"
#include "../lib/range.h"
#include "btf-words.h"
#include "index-format.h"

#define MAGIC 0xeb9f
#define VERSION 1
/* Sections of the header are multiples of this, and so is every type. */
#define ALIGN 4
/* More typedefs and qualifiers around a type, or arrays of arrays, than any code has. */
#define NESTED_MAX 64

/* struct btf_header of the kernel. */
struct header {
	uint16_t magic;
	uint8_t version;
	uint8_t flags;
	uint32_t size;
	uint32_t types, types_size; /* bytes after the header */
	uint32_t strings, strings_size;
};

/* struct btf_type. */
struct record {
	uint32_t name;
	uint32_t info; /* number of what follows, kind, flag */
	uint32_t size; /* or a type */
};

struct klpcc_btf {
	const char *label;
	const struct klpcc_btf *base; /* of a module */
	const unsigned char *types;
	uint32_t types_size;
	const char *strings;
	uint32_t strings_size;
	uint32_t first_id;     /* of its own */
	uint32_t first_string; /* offset of its own */
	uint32_t count;        /* types of its own; with type 0 where there is no base */
	const uint32_t *offsets;    /* of a module: by number, from first_id on */
	struct klpcc_index_btf raw; /* of vmlinux: the tables */
};

static struct klpcc_error *damaged_error(const struct klpcc_btf *btf, uint32_t id,
					 const char *what)
{
	return klpcc_error_new(EINVAL, "%s: damaged index: BTF type %u: %s", btf->label,
			       id, what);
}

/* ---- opening ----------------------------------------------------------------------- */

static struct klpcc_error *check_header(struct klpcc_btf *btf)
{
	const struct header *header = (const void *)btf->raw.data;
	uint32_t size, types, strings;
	uint64_t room;

	if (btf->raw.size < sizeof(*header))
		return damaged_error(btf, 0, "too short for a header");
	size = le32toh(header->size);
	types = le32toh(header->types);
	strings = le32toh(header->strings);
	if (le16toh(header->magic) != MAGIC || header->version != VERSION ||
	    size < sizeof(*header) || size > btf->raw.size || size % ALIGN)
		return damaged_error(btf, 0, "bad header");
	room = btf->raw.size - size;
	btf->types_size = le32toh(header->types_size);
	btf->strings_size = le32toh(header->strings_size);
	if (!klpcc_range_ok(types, btf->types_size, room) || types % ALIGN ||
	    !klpcc_range_ok(strings, btf->strings_size, room) ||
	    (!btf->strings_size && !btf->base))
		return damaged_error(btf, 0, "bad sections");
	btf->types = btf->raw.data + size + types;
	btf->strings = (const char *)btf->raw.data + size + strings;
	/* A small module has no other strings than vmlinux. */
	if (btf->strings_size && btf->strings[btf->strings_size - 1])
		return damaged_error(btf, 0, "the strings do not end in NUL");
	return NULL;
}

static const struct record *record_at(const struct klpcc_btf *btf, uint32_t offset)
{
	if (offset % ALIGN ||
	    !klpcc_range_ok(offset, sizeof(struct record), btf->types_size))
		return NULL;
	return (const struct record *)(btf->types + offset);
}

/* The one pass over a module's types, which have no table. */
static struct klpcc_error *find_offsets(struct klpcc_btf *btf)
{
	uint32_t room = btf->types_size / sizeof(struct record), offset = 0;
	uint32_t *offsets = calloc((size_t)room + 1, sizeof(*offsets));

	if (!offsets)
		return klpcc_error_nomem();
	btf->offsets = offsets;
	while (offset < btf->types_size) {
		const struct record *record = record_at(btf, offset);
		uint64_t rest;

		if (!record || !klpcc_btf_measure(le32toh(record->info), &rest) ||
		    !klpcc_range_ok(offset + sizeof(*record), rest, btf->types_size))
			return damaged_error(btf, btf->first_id + btf->count,
					     "bad record");
		offsets[btf->count++] = offset;
		offset += (uint32_t)(sizeof(*record) + rest);
	}
	return NULL;
}

static struct klpcc_error *set_up_types(struct klpcc_btf *btf)
{
	struct klpcc_error *err = check_header(btf);

	if (err)
		return err;
	if (!btf->base) {
		btf->count = btf->raw.types_count;
		return NULL;
	}
	btf->first_id = btf->base->count;
	btf->first_string = btf->base->strings_size;
	return find_offsets(btf);
}

struct klpcc_error *klpcc_btf_open_next(const struct klpcc_index *index, uint32_t object,
					const struct klpcc_btf *base,
					struct klpcc_index_block *block,
					struct klpcc_btf **ret)
{
	struct klpcc_index_btf raw;
	struct klpcc_error *err;
	struct klpcc_btf *btf;

	*ret = NULL;
	if (object != KLPCC_INDEX_VMLINUX && !base)
		return NULL;
	err = klpcc_index_btf(index, object, block, &raw);
	if (err || !raw.data)
		return err;
	btf = calloc(1, sizeof(*btf));
	if (!btf) {
		klpcc_index_btf_deinit(&raw);
		return klpcc_error_nomem();
	}
	btf->label = raw.label;
	btf->raw = raw;
	btf->base = object == KLPCC_INDEX_VMLINUX ? NULL : base;
	err = set_up_types(btf);
	if (err)
		klpcc_btf_close(btf);
	else
		*ret = btf;
	return err;
}

struct klpcc_error *klpcc_btf_open(const struct klpcc_index *index, uint32_t object,
				   const struct klpcc_btf *base, struct klpcc_btf **ret)
{
	struct klpcc_index_block block = { 0 };
	struct klpcc_error *err;

	err = klpcc_btf_open_next(index, object, base, &block, ret);
	klpcc_index_block_deinit(&block);
	return err;
}

void klpcc_btf_close(struct klpcc_btf *btf)
{
	if (!btf)
		return;
	free((void *)btf->offsets);
	klpcc_index_btf_deinit(&btf->raw);
	free(btf);
}

/* ---- types ------------------------------------------------------------------------- */

uint32_t klpcc_btf_end(const struct klpcc_btf *btf)
{
	return btf->first_id + btf->count;
}

/* NULL when there is no such string. Of one section, strings end: its last byte is 0. */
static const char *string_at(const struct klpcc_btf *btf, uint32_t offset)
{
	if (btf->base && offset < btf->first_string)
		btf = btf->base;
	offset -= btf->first_string;
	return offset < btf->strings_size ? btf->strings + offset : NULL;
}

static struct klpcc_error *check_string(const struct klpcc_btf *btf, uint32_t id,
					uint32_t offset, const char **ret)
{
	*ret = string_at(btf, offset);
	return *ret ? NULL : damaged_error(btf, id, "bad name");
}

static uint32_t offset_of(const struct klpcc_btf *btf, uint32_t id)
{
	return btf->offsets ? btf->offsets[id - btf->first_id]
			    : le32toh(btf->raw.types[id].offset);
}

struct klpcc_error *klpcc_btf_type(const struct klpcc_btf *btf, uint32_t id,
				   struct klpcc_btf_type *ret)
{
	struct klpcc_btf_type type = { .id = id, .name = "", .in_base = !btf->base };
	const struct record *record;
	uint32_t offset, info;
	uint64_t rest;

	if (btf->base && id < btf->first_id)
		return klpcc_btf_type(btf->base, id, ret);
	if (!id) {
		*ret = type;
		return NULL;
	}
	if (id >= klpcc_btf_end(btf))
		return damaged_error(btf, id, "no such type");
	offset = offset_of(btf, id);
	record = record_at(btf, offset);
	if (!record || !klpcc_btf_measure(le32toh(record->info), &rest) ||
	    !klpcc_range_ok(offset + sizeof(*record), rest, btf->types_size))
		return damaged_error(btf, id, "bad record");
	info = le32toh(record->info);
	type.kind = info >> 24 & 0x1f;
	type.count = info & 0xffff;
	type.flag = info >> 31;
	type.size = type.type = le32toh(record->size);
	type.rest = (const unsigned char *)(record + 1);
	*ret = type;
	return check_string(btf, id, le32toh(record->name), &ret->name);
}

struct klpcc_error *klpcc_btf_strip(const struct klpcc_btf *btf, uint32_t id,
				    struct klpcc_btf_type *ret)
{
	for (int i = 0; i < NESTED_MAX; i++) {
		struct klpcc_error *err = klpcc_btf_type(btf, id, ret);

		if (err)
			return err;
		switch (ret->kind) {
		case KLPCC_BTF_TYPEDEF:
		case KLPCC_BTF_VOLATILE:
		case KLPCC_BTF_CONST:
		case KLPCC_BTF_RESTRICT:
		case KLPCC_BTF_TYPE_TAG:
			id = ret->type;
			break;
		default:
			return NULL;
		}
	}
	return damaged_error(btf, id, "refers to itself");
}

static bool is_named(const struct klpcc_btf_type *type, const char *name)
{
	switch (type->kind) {
	case KLPCC_BTF_STRUCT:
	case KLPCC_BTF_UNION:
	case KLPCC_BTF_ENUM:
	case KLPCC_BTF_ENUM64:
	case KLPCC_BTF_FUNC:
	case KLPCC_BTF_VAR:
		return !strcmp(type->name, name);
	default:
		return false;
	}
}

/* The number after id in the bucket of vmlinux; rising, so that it ends. */
static struct klpcc_error *next_in_bucket(const struct klpcc_btf *btf, uint32_t hash,
					  uint32_t id, uint32_t *ret)
{
	uint32_t next;

	if (id)
		next = btf->raw.types[id].next;
	else
		next = btf->raw.buckets[hash & (btf->raw.buckets_count - 1)];
	next = le32toh(next);
	if (next && (next <= id || next >= btf->count))
		return damaged_error(btf, id, "bad bucket");
	*ret = next;
	return NULL;
}

static struct klpcc_error *find_in_base(const struct klpcc_btf *btf, const char *name,
					uint32_t *id)
{
	uint32_t hash = klpcc_hash(name), next = *id;

	if (!btf->raw.buckets_count || next >= btf->count) {
		*id = 0;
		return NULL;
	}
	for (;;) {
		struct klpcc_btf_type type;
		struct klpcc_error *err = next_in_bucket(btf, hash, next, &next);

		if (!err && next)
			err = klpcc_btf_type(btf, next, &type);
		if (err)
			return err;
		if (!next || is_named(&type, name)) {
			*id = next;
			return NULL;
		}
	}
}

struct klpcc_error *klpcc_btf_find(const struct klpcc_btf *btf, const char *name,
				   uint32_t *id)
{
	uint32_t next;

	if (!btf->base)
		return find_in_base(btf, name, id);
	next = *id < btf->first_id ? btf->first_id : *id + 1;
	for (; next < klpcc_btf_end(btf); next++) {
		struct klpcc_btf_type type;
		struct klpcc_error *err = klpcc_btf_type(btf, next, &type);

		if (err)
			return err;
		if (is_named(&type, name)) {
			*id = next;
			return NULL;
		}
	}
	*id = 0;
	return NULL;
}

/* ---- what follows a type ----------------------------------------------------------- */

/* The number at a place after a type that klpcc_btf_type() checked to be there. */
static uint32_t number_at(const struct klpcc_btf_type *type, size_t place)
{
	return le32toh(((const uint32_t *)type->rest)[place]);
}

struct klpcc_error *klpcc_btf_member(const struct klpcc_btf *btf,
				     const struct klpcc_btf_type *type, uint32_t i,
				     struct klpcc_btf_member *ret)
{
	size_t place = (size_t)i * 3;

	ret->type = number_at(type, place + 1);
	ret->offset = number_at(type, place + 2);
	ret->bits = 0;
	if (type->flag) {
		ret->bits = ret->offset >> 24;
		ret->offset &= 0xffffff;
	}
	return check_string(btf, type->id, number_at(type, place), &ret->name);
}

struct klpcc_error *klpcc_btf_parameter(const struct klpcc_btf *btf,
					const struct klpcc_btf_type *type, uint32_t i,
					uint32_t *ret)
{
	*ret = number_at(type, (size_t)i * 2 + 1);
	return *ret < klpcc_btf_end(btf) ? NULL
					 : damaged_error(btf, type->id, "bad parameter");
}

struct klpcc_error *klpcc_btf_enumerator(const struct klpcc_btf *btf,
					 const struct klpcc_btf_type *type, uint32_t i,
					 const char **name, int64_t *value)
{
	bool wide = type->kind == KLPCC_BTF_ENUM64;
	size_t place = (size_t)i * (wide ? 3 : 2);
	uint32_t low = number_at(type, place + 1);

	if (wide)
		*value = (int64_t)((uint64_t)number_at(type, place + 2) << 32 | low);
	else
		*value = (int32_t)low;
	return check_string(btf, type->id, number_at(type, place), name);
}

void klpcc_btf_array(const struct klpcc_btf_type *type, uint32_t *element,
		     uint32_t *elements)
{
	*element = number_at(type, 0);
	*elements = number_at(type, 2);
}

struct klpcc_error *klpcc_btf_size(const struct klpcc_btf *btf, uint32_t id, bool *known,
				   uint64_t *ret)
{
	uint64_t elements = 1;

	*known = false;
	for (int i = 0; i < NESTED_MAX; i++) {
		struct klpcc_btf_type type;
		struct klpcc_error *err = klpcc_btf_strip(btf, id, &type);
		uint32_t count;

		if (err)
			return err;
		switch (type.kind) {
		case KLPCC_BTF_ARRAY:
			klpcc_btf_array(&type, &id, &count);
			if (__builtin_mul_overflow(elements, count, &elements))
				return damaged_error(btf, type.id, "too large");
			continue;
		case KLPCC_BTF_PTR:
			type.size = 8; /* klpcc knows 64-bit targets only */
			break;
		case KLPCC_BTF_INT:
		case KLPCC_BTF_STRUCT:
		case KLPCC_BTF_UNION:
		case KLPCC_BTF_ENUM:
		case KLPCC_BTF_ENUM64:
		case KLPCC_BTF_FLOAT:
			break;
		default:
			return NULL;
		}
		if (__builtin_mul_overflow(elements, type.size, ret))
			return damaged_error(btf, type.id, "too large");
		*known = true;
		return NULL;
	}
	return damaged_error(btf, id, "is an array of itself");
}
