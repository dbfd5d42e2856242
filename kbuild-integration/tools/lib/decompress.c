// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * xz, zstd and gzip from memory to memory: see decompress.h.
 */
#include "decompress.h"

#include <errno.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

/* For the decoder's own tables; `xz -9` needs 65 MiB, and no kernel is packed with more. */
#define XZ_MEMORY ((uint64_t)256 << 20)

struct packer {
	unsigned char magic[6];
	size_t magic_size;
	/* out->size: bytes that are there before; limit: with them. */
	struct klpcc_error *(*unpack)(const unsigned char *data, size_t size,
				      size_t limit, struct klpcc_buffer *out,
				      size_t *used);
};

static struct klpcc_error *too_large(size_t limit)
{
	return klpcc_error_new(EFBIG, "unpacks to more than %zu MiB", limit >> 20);
}

/* Doubles *room, up to one byte past the limit: taking that one exceeds it. */
static struct klpcc_error *make_room(struct klpcc_buffer *out, size_t *room, size_t hint,
				     size_t limit)
{
	size_t wanted = *room ? *room * 2 : out->size + hint;
	unsigned char *data;

	if (out->size < *room)
		return NULL;
	if (out->size > limit)
		return too_large(limit);
	if (wanted > limit)
		wanted = limit + 1;
	data = realloc(out->data, wanted);
	if (!data)
		return klpcc_error_nomem();
	out->data = data;
	*room = wanted;
	return NULL;
}

/* A first guess at the unpacked size, which spares most of the copying on growth. */
static size_t guess_size(size_t size)
{
	return size < 4096 ? 65536 : size * 6;
}

static struct klpcc_error *unpack_xz(const unsigned char *data, size_t size, size_t limit,
				     struct klpcc_buffer *out, size_t *used)
{
	lzma_stream stream = LZMA_STREAM_INIT;
	struct klpcc_error *err = NULL;
	lzma_ret status;
	size_t room = 0;

	if (lzma_stream_decoder(&stream, XZ_MEMORY, 0) != LZMA_OK)
		return klpcc_error_nomem();
	stream.next_in = data;
	stream.avail_in = size;
	do {
		err = make_room(out, &room, guess_size(size), limit);
		if (err)
			break;
		stream.next_out = out->data + out->size;
		stream.avail_out = room - out->size;
		status = lzma_code(&stream, LZMA_FINISH);
		out->size = room - stream.avail_out;
		if (status == LZMA_BUF_ERROR)
			err = klpcc_error_new(EINVAL, "xz data is truncated");
		else if (status == LZMA_MEM_ERROR)
			err = klpcc_error_nomem();
		else if (status != LZMA_OK && status != LZMA_STREAM_END)
			err = klpcc_error_new(EINVAL, "xz data is damaged");
	} while (!err && status != LZMA_STREAM_END);
	*used = size - stream.avail_in;
	lzma_end(&stream);
	return err;
}

static struct klpcc_error *unpack_gzip(const unsigned char *data, size_t size,
				       size_t limit, struct klpcc_buffer *out,
				       size_t *used)
{
	/* 16: expect a gzip header; see zlib.h. */
	const int window = 16 + MAX_WBITS;
	z_stream stream = { 0 };
	struct klpcc_error *err = NULL;
	size_t room = 0;
	int status;

	if (size > UINT32_MAX)
		return klpcc_error_new(EFBIG, "too large");
	if (inflateInit2(&stream, window) != Z_OK)
		return klpcc_error_nomem();
	stream.next_in = (unsigned char *)data;
	stream.avail_in = (uInt)size;
	do {
		size_t space;

		err = make_room(out, &room, guess_size(size), limit);
		if (err)
			break;
		space = room - out->size < UINT32_MAX ? room - out->size : UINT32_MAX;
		stream.next_out = out->data + out->size;
		stream.avail_out = (uInt)space;
		status = inflate(&stream, Z_NO_FLUSH);
		out->size += space - stream.avail_out;
		if (status == Z_MEM_ERROR)
			err = klpcc_error_nomem();
		else if (status != Z_OK && status != Z_STREAM_END &&
			 status != Z_BUF_ERROR)
			err = klpcc_error_new(EINVAL, "gzip data is damaged");
		else if (status != Z_STREAM_END && stream.avail_out)
			err = klpcc_error_new(EINVAL, "gzip data is truncated");
	} while (!err && status != Z_STREAM_END);
	*used = size - stream.avail_in;
	inflateEnd(&stream);
	return err;
}

static struct klpcc_error *unpack_zstd(const unsigned char *data, size_t size,
				       size_t limit, struct klpcc_buffer *out,
				       size_t *used)
{
	unsigned long long told = ZSTD_getFrameContentSize(data, size);
	/* No file is packed that well; and the header alone says it. */
	bool believed = told && told < limit && told / 64 <= size;
	size_t hint = believed ? (size_t)told : guess_size(size);
	ZSTD_inBuffer in = { data, size, 0 };
	ZSTD_DStream *stream = ZSTD_createDStream();
	struct klpcc_error *err = NULL;
	size_t room = 0, status;

	if (!stream)
		return klpcc_error_nomem();
	do {
		ZSTD_outBuffer part;

		err = make_room(out, &room, hint, limit);
		if (err)
			break;
		part = (ZSTD_outBuffer){ out->data, room, out->size };
		status = ZSTD_decompressStream(stream, &part, &in);
		out->size = part.pos;
		if (ZSTD_isError(status))
			err = klpcc_error_new(EINVAL, "zstd data is damaged: %s",
					      ZSTD_getErrorName(status));
		else if (status && in.pos == size && part.pos < room)
			err = klpcc_error_new(EINVAL, "zstd data is truncated");
	} while (!err && status);
	*used = in.pos;
	ZSTD_freeDStream(stream);
	return err;
}

static const struct packer packers[] = {
	{ { 0xfd, '7', 'z', 'X', 'Z', 0 }, 6, unpack_xz },
	{ { 0x28, 0xb5, 0x2f, 0xfd }, 4, unpack_zstd },
	{ { 0x1f, 0x8b }, 2, unpack_gzip },
};

static const struct packer *find_packer(const void *data, size_t size)
{
	for (size_t i = 0; i < sizeof(packers) / sizeof(packers[0]); i++)
		if (size >= packers[i].magic_size &&
		    !memcmp(data, packers[i].magic, packers[i].magic_size))
			return &packers[i];
	return NULL;
}

bool klpcc_is_compressed(const void *data, size_t size)
{
	return find_packer(data, size) != NULL;
}

struct klpcc_error *klpcc_decompress(const void *data, size_t size, size_t front,
				     size_t limit, struct klpcc_buffer *ret, size_t *used)
{
	const struct packer *packer = find_packer(data, size);
	struct klpcc_buffer out = { NULL, front };
	struct klpcc_error *err;

	if (!packer)
		return klpcc_error_new(EINVAL, "not compressed with xz, zstd or gzip");
	err = packer->unpack(data, size, front + limit, &out, used);
	/* The stream may have ended with that byte. */
	if (!err && out.size > front + limit)
		err = too_large(limit);
	if (err) {
		klpcc_buffer_deinit(&out);
		return err;
	}
	*ret = out;
	return NULL;
}

struct klpcc_error *klpcc_file_read_unpacked(const char *path, struct klpcc_buffer *ret)
{
	struct klpcc_buffer packed, bytes;
	struct klpcc_error *err;
	size_t used;

	err = klpcc_file_read(path, &packed);
	if (err)
		return err;
	if (!klpcc_is_compressed(packed.data, packed.size)) {
		*ret = packed;
		return NULL;
	}
	err = klpcc_decompress(packed.data, packed.size, 0, KLPCC_DECOMPRESS_LIMIT,
			       &bytes, &used);
	if (!err && used != packed.size) {
		klpcc_buffer_deinit(&bytes);
		err = klpcc_error_new(
			EINVAL, "%zu bytes follow the compressed data, which ends at %zu",
			packed.size - used, used);
	}
	klpcc_buffer_deinit(&packed);
	if (err)
		return klpcc_error_prefix(err, "%s", path);
	*ret = bytes;
	return NULL;
}
