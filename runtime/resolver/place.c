// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The place that one relocation writes: its size, its empty state, and which values fit.
 *
 * read.c and apply.c ask before the kernel writes anything, since the kernel does not check all
 * types itself. The answers are those of the machine's table (klp-reloc.h).
 */
#include <linux/string.h>

#include "resolver.h"

/* NULL for a type that the kernel does not apply. */
static const struct klpcc_reloc *find_reloc(const Elf_Rela *rela)
{
	const struct klpcc_reloc *reloc = klpcc_reloc_find(
		klpcc_arch_relocs, klpcc_arch_reloc_count, ELF_R_TYPE(rela->r_info));

	return reloc && reloc->value != KLPCC_RELOC_REFUSED ? reloc : NULL;
}

int klpcc_place_size(const Elf_Rela *rela)
{
	const struct klpcc_reloc *reloc = find_reloc(rela);

	return reloc ? reloc->field.width : -1;
}

/* In the byte order of memory: the instruction's own bits, and zeros elsewhere. */
u64 klpcc_place_emptied(const Elf_Rela *rela, const void *place, int size)
{
	const struct klpcc_reloc *reloc = find_reloc(rela);
	u32 kept = reloc ? reloc->field.kept : 0;
	u64 value = 0;
	u16 half;
	u32 word;

	if (!kept)
		return 0;
	if (size == sizeof(half)) {
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

bool klpcc_place_is_empty(const Elf_Rela *rela, const void *place, int size)
{
	u64 empty = klpcc_place_emptied(rela, place, size);

	/* Most have four: of a size that it knows, the compiler makes no call. */
	return size == 4 ? !memcmp(place, &empty, 4) : !memcmp(place, &empty, size);
}

bool klpcc_place_fits(const Elf_Rela *rela, unsigned long symbol, const void *place)
{
	const struct klpcc_reloc *reloc = find_reloc(rela);
	u64 value = symbol + rela->r_addend;

	/* Only the kernel knows where slots are, so it checks what depends on one. */
	switch (reloc ? reloc->value : KLPCC_RELOC_REFUSED) {
	case KLPCC_RELOC_SYMBOL:
		return klpcc_reloc_fits(&reloc->field, value);
	case KLPCC_RELOC_DISTANCE:
		return klpcc_reloc_fits(&reloc->field, value - (unsigned long)place);
	default:
		return true;
	}
}
