// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The compressed kernel in an image: which compressions there are, and what the kernel's
 * build writes after the stream.
 */
#include "unpack-payload.h"

#include <errno.h>
#include <string.h>

#include "../lib/decompress.h"
#include "../lib/number.h"

const char *klpcc_foreign_compression(const unsigned char *data, size_t size)
{
	static const struct {
		const char *name;
		unsigned char magic[4];
		size_t length;
	} table[] = {
		{ "bzip2", { 'B', 'Z', 'h' }, 3 },
		{ "lzma", { 0x5d, 0, 0 }, 3 },
		{ "lzo", { 0x89, 'L', 'Z', 'O' }, 4 },
		{ "lz4", { 0x02, 0x21, 0x4c, 0x18 }, 4 },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (size >= table[i].length &&
		    !memcmp(data, table[i].magic, table[i].length))
			return table[i].name;
	return NULL;
}

struct klpcc_error *klpcc_unpack_stream(const unsigned char *data, size_t size,
					size_t front, size_t limit,
					struct klpcc_buffer *ret, size_t *used)
{
	const char *foreign = klpcc_foreign_compression(data, size);

	if (foreign)
		return klpcc_error_new(
			EOPNOTSUPP,
			"is compressed with %s, but only xz, zstd and gzip are supported",
			foreign);
	if (!klpcc_is_compressed(data, size))
		return klpcc_error_new(
			EINVAL,
			"is neither an ELF file nor compressed with xz, zstd or gzip");
	return klpcc_decompress(data, size, front, limit, ret, used);
}

size_t klpcc_size_trailer(const unsigned char *data, size_t size, size_t unpacked)
{
	return size >= KLPCC_SIZE_TRAILER &&
			       klpcc_number(data, KLPCC_SIZE_TRAILER, false) == unpacked
		       ? KLPCC_SIZE_TRAILER
		       : 0;
}
