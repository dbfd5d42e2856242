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
#include <linux/string.h>
#include <asm/text-patching.h>

#include "kernel-compat.h"
#include "resolver.h"

int klpcc_arch_size(const Elf_Rela *rela)
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

u64 klpcc_arch_emptied(const Elf_Rela *rela, const void *place)
{
	return 0;
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

void klpcc_arch_write_begin(bool early)
{
	if (!early)
		mutex_lock(&text_mutex);
}

void klpcc_arch_write(void *place, const void *data, size_t size, bool early)
{
	if (early)
		memcpy(place, data, size);
	else
		text_poke(place, data, size);
}

void klpcc_arch_write_end(bool early)
{
	if (early)
		return;
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
