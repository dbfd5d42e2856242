// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, writing side: the types of the target, BTF. The kernel's own description goes
 * into the index as it is, but little-endian; for that of vmlinux, which every unit of a patch is
 * compared with, tables are made that lead to a type by its number and by its name.
 *
 * The one user of libbpf, which reads and checks the BTF of vmlinux and turns that of s390. The
 * Makefile links it statically: loading the shared library would cost 220,000 instructions at
 * every start of klpcc, a seventh of a whole link. The BTF of a module is not looked into: there
 * are thousands, and the plugin reads the few that a unit is for with care (btf.c).
 */
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../index/index-format.h"
#include "../lib/hash.h"
#include "target-data.h"

struct klpcc_types {
	struct btf *btf; /* owns the bytes */
	struct klpcc_disk_type *types;
	uint32_t types_count;
	uint32_t *buckets;
	uint32_t buckets_count;
};

void klpcc_types_destroy(struct klpcc_types *types)
{
	if (!types)
		return;
	btf__free(types->btf);
	free(types->types);
	free(types->buckets);
	free(types);
}

struct klpcc_types_tables klpcc_types_tables(const struct klpcc_types *types)
{
	if (!types)
		return (struct klpcc_types_tables){ 0 };
	return (struct klpcc_types_tables){
		types->types,
		types->types_count,
		types->buckets,
		types->buckets_count,
	};
}

static struct klpcc_error *btf_error(int code)
{
	return code == ENOMEM ? klpcc_error_nomem() : klpcc_error_errno(code, "bad BTF");
}

/* Converts what libbpf read, or says why it read nothing. Consumes btf. */
static struct klpcc_error *make_little_endian(struct btf *btf, int code, struct btf **ret)
{
	if (!btf)
		return btf_error(code);
	if (btf__set_endianness(btf, BTF_LITTLE_ENDIAN)) {
		btf__free(btf);
		return btf_error(EINVAL);
	}
	*ret = btf;
	return NULL;
}

static struct klpcc_error *parse_btf(const void *data, size_t size, struct btf **ret)
{
	struct btf *btf;

	if (size > UINT32_MAX)
		return klpcc_error_new(EFBIG, "too much BTF for an index");
	libbpf_set_print(NULL); /* messages are those of klpcc alone */
	btf = btf__new(data, (uint32_t)size);
	return make_little_endian(btf, errno, ret);
}

/*
 * The same of a module. libbpf declares btf__new_split(), but has none before 1.3: a file
 * without a name stands in.
 */
static struct klpcc_error *parse_split_btf(const void *data, size_t size,
					   struct btf *base, struct btf **ret)
{
	int fd = memfd_create("btf", MFD_CLOEXEC), code = EIO;
	struct btf *btf = NULL;
	char path[32];

	if (fd < 0)
		return klpcc_error_errno(errno, "cannot create a file in memory");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (pwrite(fd, data, size, 0) == (ssize_t)size) {
		btf = btf__parse_raw_split(path, base);
		code = errno;
	}
	close(fd);
	return make_little_endian(btf, code, ret);
}

/* Whether types of that kind are looked for by their name. */
static bool is_named(unsigned int kind)
{
	switch (kind) {
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
	case BTF_KIND_FUNC:
	case BTF_KIND_VAR:
		return true;
	default:
		return false;
	}
}

/* The bucket of a type, or NULL when it has none. */
static uint32_t *bucket_of(const struct klpcc_types *types, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(types->btf, id);
	const char *name = btf__name_by_offset(types->btf, type->name_off);

	if (!is_named(btf_kind(type)) || !name || !*name)
		return NULL;
	return &types->buckets[klpcc_hash(name) & (types->buckets_count - 1)];
}

/* From the last to the first, so that each leads to a higher number. */
static void fill_tables(struct klpcc_types *types)
{
	const char *first = (const char *)btf__type_by_id(types->btf, 1);

	for (uint32_t id = types->types_count - 1; id; id--) {
		const char *type = (const char *)btf__type_by_id(types->btf, id);
		uint32_t *bucket = bucket_of(types, id);

		types->types[id].offset = htole32((uint32_t)(type - first));
		if (!bucket)
			continue;
		types->types[id].next = *bucket;
		*bucket = htole32(id);
	}
}

struct klpcc_error *klpcc_types_create(const void *data, size_t size,
				       struct klpcc_types **ret)
{
	struct klpcc_types *types = calloc(1, sizeof(*types));
	struct klpcc_error *err;

	if (!types)
		return klpcc_error_nomem();
	err = parse_btf(data, size, &types->btf);
	if (err) {
		free(types);
		return err;
	}
	types->types_count = btf__type_cnt(types->btf);
	/* About every second type has a bucket: half of the buckets are in use. */
	for (types->buckets_count = 2; types->buckets_count < types->types_count;)
		types->buckets_count *= 2;
	types->types = calloc(types->types_count, sizeof(*types->types));
	types->buckets = calloc(types->buckets_count, sizeof(*types->buckets));
	if (!types->types || !types->buckets) {
		klpcc_types_destroy(types);
		return klpcc_error_nomem();
	}
	fill_tables(types);
	*ret = types;
	return NULL;
}

/* ---- modules ----------------------------------------------------------------------- */

/*
 * What every reader needs of a header: kernel, include/uapi/linux/btf.h. The rest is checked when
 * it is read.
 */
static struct klpcc_error *check_header(const void *data, size_t size, bool *big_endian)
{
	struct btf_header header;

	if (size > UINT32_MAX)
		return klpcc_error_new(EFBIG, "too much BTF for an index");
	if (size < sizeof(header))
		return klpcc_error_new(EINVAL, "bad BTF: %zu bytes", size);
	memcpy(&header, data, sizeof(header));
	*big_endian = be16toh(header.magic) == BTF_MAGIC;
	if (!*big_endian && le16toh(header.magic) != BTF_MAGIC)
		return klpcc_error_new(EINVAL, "bad BTF: wrong magic number");
	return NULL;
}

static struct klpcc_error *add_turned(struct klpcc_target *target, uint32_t object,
				      const void *data, size_t size)
{
	struct klpcc_error *err;
	struct btf *btf;

	err = parse_split_btf(data, size, target->types->btf, &btf);
	if (!err) {
		uint32_t turned_size = 0;
		const void *turned = btf__raw_data(btf, &turned_size);

		err = turned ? klpcc_target_put_btf(target, object, turned, turned_size)
			     : klpcc_error_nomem();
		btf__free(btf);
	}
	return klpcc_error_prefix(
		err, "module %s",
		klpcc_string_text(&target->strings, target->objects[object].name));
}

static struct klpcc_error *keep_btf(struct klpcc_target *target, uint32_t object,
				    const void *data, size_t size)
{
	struct klpcc_pending_btf *pending = malloc(sizeof(*pending) + size);

	if (!pending)
		return klpcc_error_nomem();
	pending->next = target->pending;
	pending->object = object;
	pending->size = (uint32_t)size;
	memcpy(pending->data, data, size);
	target->pending = pending;
	return NULL;
}

struct klpcc_error *klpcc_target_add_module_btf(struct klpcc_target *target,
						uint32_t object, const void *data,
						size_t size)
{
	struct klpcc_error *err;
	bool big_endian;

	err = check_header(data, size, &big_endian);
	if (err)
		return err;
	if (!big_endian)
		return klpcc_target_put_btf(target, object, data, size);
	return target->types ? add_turned(target, object, data, size)
			     : keep_btf(target, object, data, size);
}

/* ---- the target -------------------------------------------------------------------- */

struct klpcc_error *klpcc_target_add_types(struct klpcc_target *target,
					   struct klpcc_types *types)
{
	struct klpcc_error *err = NULL;
	const void *data;
	uint32_t size = 0;

	if (target->types) {
		klpcc_types_destroy(types);
		return NULL;
	}
	target->types = types;
	data = btf__raw_data(types->btf, &size);
	if (!data)
		return klpcc_error_nomem();
	err = klpcc_target_put_btf(target, KLPCC_TARGET_VMLINUX, data, size);
	for (const struct klpcc_pending_btf *pending = target->pending; !err && pending;
	     pending = pending->next)
		err = add_turned(target, pending->object, pending->data, pending->size);
	return err;
}

void klpcc_target_drop_btf(struct klpcc_target *target)
{
	klpcc_types_destroy(target->types);
	klpcc_blocks_deinit(&target->blocks);
	while (target->pending) {
		struct klpcc_pending_btf *next = target->pending->next;

		free(target->pending);
		target->pending = next;
	}
}
