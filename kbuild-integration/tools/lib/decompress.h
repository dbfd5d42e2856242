/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xz, zstd and gzip, told apart by their first bytes: what kernel modules and kernel images
 * are packed with. Memory to memory, with a limit that stops decompression bombs.
 */
#ifndef KLPCC_DECOMPRESS_H
#define KLPCC_DECOMPRESS_H

#include <stdbool.h>

#include "file.h"

/* No kernel module or image comes near this size. */
#define KLPCC_DECOMPRESS_LIMIT ((size_t)512 << 20)

/* True when the bytes begin as one of the three formats does. */
bool klpcc_is_compressed(const void *data, size_t size);

/*
 * Reads a file whole, as klpcc_file_read() does, and unpacks it when it is compressed; what
 * follows the compressed data is an error. Fails with the path in the message.
 */
struct klpcc_error *klpcc_file_read_unpacked(const char *path,
					     struct klpcc_buffer *ret) KLPCC_MUST_CHECK;

/*
 * Unpacks the first stream in data. front: bytes of *ret that are left for the caller to fill,
 * before the first that is unpacked. *used: bytes of data that it took; whether more may
 * follow is the caller's knowledge. More than limit bytes of output are an error, EFBIG. The
 * messages name no file.
 */
struct klpcc_error *klpcc_decompress(const void *data, size_t size, size_t front,
				     size_t limit, struct klpcc_buffer *ret,
				     size_t *used) KLPCC_MUST_CHECK;

#endif
