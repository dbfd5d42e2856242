// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * x86_64: which relocations there are, whether a value fits, and how a place is emptied.
 *
 * Writing is the kernel's apply_relocate_add() (arch/x86/kernel/module.c), whose types these
 * are; sizes and ranges are those of the x86-64 psABI, "Relocation Types". That function wants
 * an empty place. Until 6.3 the kernel had nothing to empty one, and since then only with the
 * value that was written, which takes a look-up: so a place is emptied here.
 */
#include <linux/memory.h>
#include <asm/text-patching.h>

#include "kernel-compat.h"
#include "resolver.h"

/* Bytes that a relocation writes; -1 for a type that is none in a module. */
static int size_of(const Elf_Rela *rela)
{
	switch (ELF64_R_TYPE(rela->r_info)) {
	case R_X86_64_NONE:
		return 0;
	case R_X86_64_64:
	case R_X86_64_PC64:
		return 8;
	case R_X86_64_32:
	case R_X86_64_32S:
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
		return 4;
	default:
		return -1;
	}
}

const char *klpcc_arch_check(const Elf_Rela *rela, const void *place, u64 room)
{
	int size = size_of(rela);

	if (size < 0)
		return "unknown relocation type";
	if (size > room)
		return "the place ends outside of its section";
	if (memchr_inv(place, 0, size))
		return "the place is not empty";
	return NULL;
}

bool klpcc_arch_fits(const Elf_Rela *rela, unsigned long symbol, const void *place)
{
	u64 value = symbol + rela->r_addend;

	switch (ELF64_R_TYPE(rela->r_info)) {
	case R_X86_64_32:
		return value == (u32)value;
	case R_X86_64_32S:
		return (s64)value == (s32)value;
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
		value -= (unsigned long)place;
		return (s64)value == (s32)value;
	default:
		return true;
	}
}

void klpcc_arch_clear(const Elf_Rela *relas, unsigned int count, void *base, bool early)
{
	static const u64 zero;
	unsigned int i;

	if (early) {
		for (i = 0; i < count; i++)
			memset(base + relas[i].r_offset, 0, size_of(&relas[i]));
		return;
	}
	mutex_lock(&text_mutex);
	for (i = 0; i < count; i++) {
		int size = size_of(&relas[i]);

		if (size)
			text_poke(base + relas[i].r_offset, &zero, size);
	}
	text_poke_sync();
	mutex_unlock(&text_mutex);
}

/* There are none: every relocation holds what it needs. */
void klpcc_arch_renew_slots(struct module *mod, unsigned int symbol)
{
}

void klpcc_arch_clear_slots(struct module *mod, unsigned int symbol, bool early)
{
}
