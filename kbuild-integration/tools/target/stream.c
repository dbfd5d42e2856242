// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, writing side: the file on its way out.
 */
#include <endian.h>
#include <errno.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>

#include "write-private.h"

static void flush(struct klpcc_stream *stream)
{
	if (!stream->packed)
		stream->digest = lzma_crc64(stream->buffer, stream->used, stream->digest);
	if (!stream->err)
		stream->err =
			klpcc_output_write(&stream->output, stream->buffer, stream->used);
	stream->used = 0;
}

void klpcc_stream_put(struct klpcc_stream *stream, const void *data, size_t size)
{
	const unsigned char *bytes = data;

	if (!size)
		return;
	stream->offset += size;
	while (size > sizeof(stream->buffer) - stream->used) {
		size_t part = sizeof(stream->buffer) - stream->used;

		memcpy(stream->buffer + stream->used, bytes, part);
		stream->used += part;
		bytes += part;
		size -= part;
		flush(stream);
	}
	memcpy(stream->buffer + stream->used, bytes, size);
	stream->used += size;
}

void klpcc_stream_put_packed(struct klpcc_stream *stream, const void *packed, size_t size,
			     const void *contents, size_t contents_size)
{
	flush(stream);
	stream->packed = true;
	klpcc_stream_put(stream, packed, size);
	klpcc_stream_align(stream);
	flush(stream);
	stream->packed = false;
	if (contents_size)
		stream->digest = lzma_crc64(contents, contents_size, stream->digest);
}

void klpcc_stream_align(struct klpcc_stream *stream)
{
	static const unsigned char zeros[KLPCC_DISK_ALIGN];

	klpcc_stream_put(stream, zeros, -stream->offset % KLPCC_DISK_ALIGN);
}

struct klpcc_error *klpcc_target_begin(struct klpcc_target *target, const char *path)
{
	static const struct klpcc_disk_header header;
	struct klpcc_stream *stream = calloc(1, sizeof(*stream));
	struct klpcc_error *err;

	if (!stream)
		return klpcc_error_nomem();
	err = klpcc_output_begin(path, 0644, &stream->output);
	if (err) {
		free(stream);
		return err;
	}
	err = klpcc_output_write(&stream->output, &header, sizeof(header));
	if (err) {
		klpcc_stream_discard(stream);
		return err;
	}
	stream->offset = sizeof(header);
	klpcc_stream_align(stream);
	target->stream = stream;
	return NULL;
}

void klpcc_stream_discard(struct klpcc_stream *stream)
{
	if (!stream)
		return;
	klpcc_error_free(stream->err);
	klpcc_output_discard(&stream->output);
	free(stream);
}

/* Where in the table of BTF the stream is. */
static struct klpcc_error *find_place(const struct klpcc_stream *stream, size_t size,
				      uint32_t *ret)
{
	uint64_t offset = stream->offset - sizeof(struct klpcc_disk_header);

	if (offset + size > UINT32_MAX - KLPCC_DISK_ALIGN)
		return klpcc_error_new(EFBIG, "too much BTF for an index");
	*ret = (uint32_t)offset;
	return NULL;
}

struct klpcc_error *klpcc_stream_btf(struct klpcc_target *target, const void *data,
				     size_t size, uint32_t *ret)
{
	struct klpcc_error *err = find_place(target->stream, size, ret);

	if (err)
		return err;
	klpcc_stream_put(target->stream, data, size);
	klpcc_stream_align(target->stream);
	return NULL;
}

struct klpcc_error *klpcc_stream_block(struct klpcc_target *target, const void *packed,
				       size_t size, uint32_t *ret)
{
	const struct klpcc_blocks *blocks = &target->blocks;
	struct klpcc_error *err = find_place(target->stream, size, ret);

	if (err)
		return err;
	klpcc_stream_put_packed(target->stream, packed, size, blocks->bytes,
				blocks->used);
	return NULL;
}

/* Without what depends on how large the packed blocks are. */
static uint64_t digest_header(const struct klpcc_disk_header *header, uint64_t digest)
{
	struct klpcc_disk_header copy = *header;

	copy.file_size = 0;
	copy.tables[KLPCC_DISK_BTF].count = 0;
	for (int i = 0; i < KLPCC_DISK_TABLES; i++)
		copy.tables[i].offset = 0;
	return lzma_crc64((const uint8_t *)&copy, sizeof(copy), digest);
}

struct klpcc_error *klpcc_stream_finish(struct klpcc_stream *stream,
					struct klpcc_disk_header *header)
{
	struct klpcc_error *err;

	flush(stream);
	err = stream->err;
	stream->err = NULL;
	header->digest = htole64(digest_header(header, stream->digest));
	if (!err)
		err = klpcc_output_rewrite(&stream->output, header, sizeof(*header));
	if (!err)
		return klpcc_output_commit(&stream->output);
	klpcc_output_discard(&stream->output);
	return err;
}
