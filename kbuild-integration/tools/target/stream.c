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

struct klpcc_error *klpcc_stream_btf(struct klpcc_target *target, const void *data,
				     size_t size, uint32_t *ret)
{
	struct klpcc_stream *stream = target->stream;
	uint64_t offset = stream->offset - sizeof(struct klpcc_disk_header);

	if (offset + size > UINT32_MAX - KLPCC_DISK_ALIGN)
		return klpcc_error_new(EFBIG, "too much BTF for an index");
	*ret = (uint32_t)offset;
	klpcc_stream_put(stream, data, size);
	klpcc_stream_align(stream);
	return NULL;
}

struct klpcc_error *klpcc_stream_finish(struct klpcc_stream *stream,
					struct klpcc_disk_header *header)
{
	struct klpcc_error *err;

	flush(stream);
	err = stream->err;
	stream->err = NULL;
	header->digest = htole64(
		lzma_crc64((const uint8_t *)header, sizeof(*header), stream->digest));
	if (!err)
		err = klpcc_output_rewrite(&stream->output, header, sizeof(*header));
	if (!err)
		return klpcc_output_commit(&stream->output);
	klpcc_output_discard(&stream->output);
	return err;
}
