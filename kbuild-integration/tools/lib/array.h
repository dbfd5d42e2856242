/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arrays that grow while their length is not known yet.
 */
#ifndef KLPCC_ARRAY_H
#define KLPCC_ARRAY_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define KLPCC_ARRAY_FIRST 16 /* entries */

/*
 * Makes room for `more` entries, at least one, after the `count` that a malloc()ed array has in
 * use. *capacity: the entries that it has memory for, 0 for an array that is NULL; entry: bytes
 * of one. The memory doubles, so that adding n entries one by one takes O(n) steps. New
 * entries are not initialised.
 *
 * Returns the array, which may have moved and stays the caller's to free(). Returns NULL
 * without memory or when a size overflows: then the old array is as it was.
 */
static inline void *klpcc_array_grow(void *array, size_t count, size_t more,
				     size_t *capacity, size_t entry)
{
	size_t wanted = *capacity ? *capacity : KLPCC_ARRAY_FIRST;

	if (more <= *capacity - count)
		return array;
	while (more > wanted - count) {
		if (wanted > SIZE_MAX / 2)
			return NULL;
		wanted *= 2;
	}
	array = reallocarray(array, wanted, entry);
	if (array)
		*capacity = wanted;
	return array;
}

#endif
