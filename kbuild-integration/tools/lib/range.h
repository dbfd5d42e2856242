/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one overflow-checked range test: every offset, size and count that comes from a file
 * goes through it before it is used.
 */
#ifndef KLPCC_RANGE_H
#define KLPCC_RANGE_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stdint.h>

/* True when [offset, offset + length) lies inside [0, size). Units are the caller's. */
static inline bool klpcc_range_ok(uint64_t offset, uint64_t length, uint64_t size)
{
	return offset <= size && length <= size - offset;
}

/* True when count entries of `entry` bytes from offset lie inside [0, size). */
static inline bool klpcc_range_array_ok(uint64_t offset, uint64_t count, uint64_t entry,
					uint64_t size)
{
	uint64_t length;

	return !__builtin_mul_overflow(count, entry, &length) &&
	       klpcc_range_ok(offset, length, size);
}

#endif
