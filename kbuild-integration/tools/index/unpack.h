/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Packed parts of the index. zstd alone, which cc1 has loaded anyway: the plugin needs none of the
 * other formats of lib/decompress.h.
 */
#ifndef KLPCC_UNPACK_H
#define KLPCC_UNPACK_H

#include <stddef.h>

#include "../lib/error.h"

/* Unpacks a zstd frame of exactly `size` bytes, whatever its own header says; malloc()ed. */
struct klpcc_error *klpcc_unpack(const void *data, size_t packed, size_t size,
				 unsigned char **ret) KLPCC_MUST_CHECK;

#endif
