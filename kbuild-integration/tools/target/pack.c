// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, writing side: puts BTF into the index, that of modules in packed blocks. A block
 * is packed as soon as it is large enough, so that no more than that is kept in memory.
 */
#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "../index/btf-words.h"
#include "../index/index-format.h"
#include "../lib/array.h"
#include "target-data.h"

/* Higher levels make a block 5 percent smaller, and take three times as long. */
#define LEVEL 5

void klpcc_blocks_deinit(struct klpcc_blocks *blocks)
{
	free(blocks->bytes);
	free(blocks->entries);
	ZSTD_freeCCtx(blocks->context);
}

/* Packs the block into *ret, which is the caller's to free(). */
static struct klpcc_error *pack(struct klpcc_blocks *blocks, unsigned char **ret,
				size_t *size)
{
	size_t room = ZSTD_compressBound(blocks->used);
	unsigned char *packed = malloc(room);

	if (!blocks->context)
		blocks->context = ZSTD_createCCtx();
	if (!packed || !blocks->context) {
		free(packed);
		return klpcc_error_nomem();
	}
	*size = ZSTD_compressCCtx(blocks->context, packed, room, blocks->bytes,
				  blocks->used, LEVEL);
	if (ZSTD_isError(*size)) {
		free(packed);
		return klpcc_error_new(EIO, "zstd: %s", ZSTD_getErrorName(*size));
	}
	*ret = packed;
	return NULL;
}

struct klpcc_error *klpcc_target_finish_blocks(struct klpcc_target *target)
{
	struct klpcc_blocks *blocks = &target->blocks;
	struct klpcc_disk_block *entries;
	unsigned char *packed = NULL;
	struct klpcc_error *err;
	uint32_t offset = 0;
	size_t size = 0;

	if (!blocks->used)
		return NULL;
	entries = klpcc_array_grow(blocks->entries, blocks->count, 1,
				   &blocks->entries_capacity, sizeof(*entries));
	if (!entries)
		return klpcc_error_nomem();
	blocks->entries = entries;
	err = pack(blocks, &packed, &size);
	if (err)
		return err;
	err = klpcc_stream_block(target, packed, size, &offset);
	free(packed);
	entries[blocks->count++] = (struct klpcc_disk_block){
		.offset = htole32(offset),
		.packed_size = htole32((uint32_t)size),
		.size = htole32((uint32_t)blocks->used),
	};
	blocks->used = 0;
	return err;
}

/* Appends bytes to the block, up to the next multiple of KLPCC_DISK_ALIGN. */
static struct klpcc_error *append(struct klpcc_blocks *blocks, const void *data,
				  size_t size)
{
	size_t aligned = (size + KLPCC_DISK_ALIGN - 1) & -(size_t)KLPCC_DISK_ALIGN;
	unsigned char *bytes = klpcc_array_grow(blocks->bytes, blocks->used, aligned,
						&blocks->capacity, 1);

	if (!bytes)
		return klpcc_error_nomem();
	blocks->bytes = bytes;
	memcpy(bytes + blocks->used, data, size);
	memset(bytes + blocks->used + size, 0, aligned - size);
	blocks->used += aligned;
	return NULL;
}

struct klpcc_error *klpcc_target_put_btf(struct klpcc_target *target, uint32_t number,
					 const void *data, size_t size)
{
	struct klpcc_object_data *object = &target->objects[number];
	struct klpcc_blocks *blocks = &target->blocks;
	struct klpcc_error *err;

	if (!target->stream || object->btf_size)
		return NULL;
	if (number == KLPCC_TARGET_VMLINUX) {
		err = klpcc_stream_btf(target, data, size, &object->btf);
	} else if (size > KLPCC_DISK_BLOCK_MAX - KLPCC_DISK_BLOCK_SIZE) {
		err = klpcc_error_new(EFBIG, "too much BTF for an index");
	} else {
		object->block = (uint32_t)blocks->count;
		object->btf = (uint32_t)blocks->used;
		err = append(blocks, data, size);
	}
	if (!err && number != KLPCC_TARGET_VMLINUX &&
	    !klpcc_btf_encode(blocks->bytes + object->btf, size))
		err = klpcc_error_new(EINVAL, "bad BTF: a number of more than 31 bits");
	if (err)
		return err;
	object->btf_size = (uint32_t)size;
	return blocks->used < KLPCC_DISK_BLOCK_SIZE ? NULL
						    : klpcc_target_finish_blocks(target);
}
