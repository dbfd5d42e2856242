// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The place that one relocation writes: its size, its empty state, and which values fit.
 *
 * read.c and apply.c ask before the kernel writes anything, since the kernel does not check all
 * types itself. The answers are those of the machine's table (klp-reloc.h).
 */
#include <linux/string.h>

#include "resolver.h"

/* In the byte order of memory: the instruction's own bits, and zeros elsewhere. */
u64 klpcc_place_emptied(const struct klpcc_reloc *reloc, const void *place)
{
	u32 kept = reloc->field.kept;
	u64 value = 0;
	u16 half;
	u32 word;

	if (!kept)
		return 0;
	if (reloc->field.width == sizeof(half)) {
		memcpy(&half, place, sizeof(half));
		half &= kept;
		memcpy(&value, &half, sizeof(half));
	} else {
		memcpy(&word, place, sizeof(word));
		word &= kept;
		memcpy(&value, &word, sizeof(word));
	}
	return value;
}

bool klpcc_place_is_empty(const struct klpcc_reloc *reloc, const void *place)
{
	u64 empty = klpcc_place_emptied(reloc, place);
	size_t size = reloc->field.width;

	/* Most have four: of a size that it knows, the compiler makes no call. */
	return size == 4 ? !memcmp(place, &empty, 4) : !memcmp(place, &empty, size);
}

bool klpcc_place_fits(const struct klpcc_reloc *reloc, u64 value, const void *place)
{
	/* Only the kernel knows where slots are, so it checks what depends on one. */
	switch (reloc->value) {
	case KLPCC_RELOC_SYMBOL:
		return klpcc_reloc_fits(&reloc->field, value);
	case KLPCC_RELOC_DISTANCE:
		return klpcc_reloc_fits(&reloc->field, value - (unsigned long)place);
	default:
		return true;
	}
}
