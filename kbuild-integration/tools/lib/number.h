/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers in a file that has either order of bytes.
 */
#ifndef KLPCC_NUMBER_H
#define KLPCC_NUMBER_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The number in `width` bytes, at most eight, that begin anywhere. */
static inline uint64_t klpcc_number(const unsigned char *bytes, size_t width,
				    bool big_endian)
{
	uint64_t value = 0;

	if (!big_endian) {
		memcpy(&value, bytes, width);
		return le64toh(value);
	}
	memcpy((unsigned char *)&value + sizeof(value) - width, bytes, width);
	return be64toh(value);
}

#endif
