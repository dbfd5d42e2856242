/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers in a file that has either order of bytes.
 */
#ifndef KLPCC_NUMBER_H
#define KLPCC_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The number in `width` bytes, at most eight, that begin anywhere. */
static inline uint64_t klpcc_number(const unsigned char *bytes, size_t width,
				    bool big_endian)
{
	uint64_t value = 0;

	for (size_t i = 0; i < width; i++)
		value = value << 8 | bytes[big_endian ? i : width - 1 - i];
	return value;
}

#endif
