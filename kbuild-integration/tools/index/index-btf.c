// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, reading side: the types of an object, unpacked if they are a module's.
 */
#include <stdlib.h>
#include <string.h>

#include "../lib/range.h"
#include "btf-words.h"
#include "index-private.h"
#include "unpack.h"

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
	struct klpcc_error *err =
		klpcc_index_check_entry(index, KLPCC_DISK_BLOCKS, number);
	const struct klpcc_disk_block *disk = &index->blocks[number];
	uint32_t offset, packed;

	if (err || (block->bytes && block->number == number))
		return err;
	klpcc_index_block_deinit(block);
	offset = le32toh(disk->offset);
	packed = le32toh(disk->packed_size);
	if (!klpcc_range_ok(offset, packed, room) ||
	    le32toh(disk->size) > KLPCC_DISK_BLOCK_MAX)
		return klpcc_index_bad_entry(index, KLPCC_DISK_BLOCKS, number,
					     "bad place or size");
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
		return klpcc_index_bad_entry(index, KLPCC_DISK_OBJECTS, object,
					     "bad BTF");
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
		return klpcc_index_bad_entry(index, KLPCC_DISK_OBJECTS,
					     KLPCC_INDEX_VMLINUX, "bad BTF");
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
	struct klpcc_error *err =
		klpcc_index_check_entry(index, KLPCC_DISK_OBJECTS, object);
	struct klpcc_index_btf btf = { .label = index->path };
	uint32_t offset;

	if (err)
		return err;
	offset = le32toh(index->objects[object].btf);
	btf.size = le32toh(index->objects[object].btf_size);
	if (offset % KLPCC_DISK_ALIGN)
		return klpcc_index_bad_entry(index, KLPCC_DISK_OBJECTS, object,
					     "bad BTF");
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
