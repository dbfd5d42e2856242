/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the containers of kernel images have in common: how the kernel's build compresses.
 */
#ifndef KLPCC_UNPACK_PAYLOAD_H
#define KLPCC_UNPACK_PAYLOAD_H

#include "../lib/error.h"
#include "../lib/file.h"

/* Bytes of the size, little-endian on every machine, that the build appends. */
#define KLPCC_SIZE_TRAILER 4

/*
 * Name of a compression that the kernel's build offers and this tool does not unpack, by the
 * first bytes; NULL when it is none of them.
 */
const char *klpcc_foreign_compression(const unsigned char *data, size_t size);

/*
 * Unpacks the stream that data begins with: see klpcc_decompress() for the other
 * arguments. The error for an unsupported compression names it.
 */
struct klpcc_error *klpcc_unpack_stream(const unsigned char *data, size_t size,
					size_t front, size_t limit,
					struct klpcc_buffer *ret,
					size_t *used) KLPCC_MUST_CHECK;

/*
 * Bytes of the unpacked size that the kernel's build appends to most payloads
 * (size_append of scripts/Makefile.lib); 0 when something else follows the stream.
 */
size_t klpcc_size_trailer(const unsigned char *data, size_t size, size_t unpacked);

#endif
