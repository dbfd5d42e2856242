// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * s390: which relocations there are, whether a value fits, and how places and slots are emptied.
 *
 * Writing is the kernel's apply_relocate_add() (arch/s390/kernel/module.c), whose types these
 * are; their fields and ranges are those of its apply_rela_bits(). It also makes the module's GOT
 * and PLT: one slot in each for a symbol that needs it, counted when the module is loaded, over
 * all SHT_RELA sections of whatever name. It fills a slot when the first relocation asks for it and
 * never again, so for a symbol that is somewhere else now it is told to forget that it did.
 */
#include <linux/string.h>
#include <linux/uaccess.h>

#include "kernel-compat.h"
#include "resolver.h"

/* PLT_ENTRY_SIZE of arch/s390/kernel/module.c: code, and the address that it jumps to. */
#define PLT_SLOT 22

/* Bits of an instruction's displacement; its other bits are in the same bytes. */
#define DISPLACEMENT_12 0x0fff
#define DISPLACEMENT_20 0x0fffff00

int klpcc_arch_size(const Elf_Rela *rela)
{
	switch (ELF64_R_TYPE(rela->r_info)) {
	case R_390_NONE:
		return 0;
	case R_390_8:
		return 1;
	case R_390_12:
	case R_390_16:
	case R_390_PC16:
	case R_390_PC16DBL:
	case R_390_GOT12:
	case R_390_GOT16:
	case R_390_GOTPLT12:
	case R_390_GOTPLT16:
	case R_390_GOTOFF16:
	case R_390_PLT16DBL:
	case R_390_PLTOFF16:
		return 2;
	case R_390_20:
	case R_390_32:
	case R_390_PC32:
	case R_390_PC32DBL:
	case R_390_GOT20:
	case R_390_GOT32:
	case R_390_GOTENT:
	case R_390_GOTPLT20:
	case R_390_GOTPLT32:
	case R_390_GOTPLTENT:
	case R_390_GOTOFF32:
	case R_390_GOTPC:
	case R_390_GOTPCDBL:
	case R_390_PLT32:
	case R_390_PLT32DBL:
	case R_390_PLTOFF32:
		return 4;
	case R_390_64:
	case R_390_PC64:
	case R_390_GOT64:
	case R_390_GOTPLT64:
	case R_390_GOTOFF64:
	case R_390_PLT64:
	case R_390_PLTOFF64:
		return 8;
	default:
		return -1;
	}
}

/* The bits in a place of that size that are not the relocation's; 0: all are. */
static u32 others(const Elf_Rela *rela)
{
	switch (ELF64_R_TYPE(rela->r_info)) {
	case R_390_12:
	case R_390_GOT12:
	case R_390_GOTPLT12:
		return (u16)~DISPLACEMENT_12;
	case R_390_20:
	case R_390_GOT20:
	case R_390_GOTPLT20:
		return ~DISPLACEMENT_20;
	default:
		return 0;
	}
}

u64 klpcc_arch_emptied(const Elf_Rela *rela, const void *place)
{
	u64 value = 0;
	u16 half;
	u32 word;

	if (!others(rela))
		return 0;
	if (klpcc_arch_size(rela) == sizeof(half)) {
		memcpy(&half, place, sizeof(half));
		half &= others(rela);
		memcpy(&value, &half, sizeof(half));
	} else {
		memcpy(&word, place, sizeof(word));
		word &= others(rela);
		memcpy(&value, &word, sizeof(word));
	}
	return value;
}

static bool fits_signed(s64 value, unsigned int bits, unsigned int shift)
{
	s64 limit = 1LL << (bits - 1);

	if (value & ((1LL << shift) - 1))
		return false;
	value >>= shift;
	return value >= -limit && value < limit;
}

/* Types that go by way of a slot are left to the kernel, which alone knows where slots are. */
bool klpcc_arch_fits(const Elf_Rela *rela, unsigned long symbol, const void *place)
{
	u64 value = symbol + rela->r_addend;
	s64 distance = value - (unsigned long)place;

	switch (ELF64_R_TYPE(rela->r_info)) {
	case R_390_8:
		return value <= U8_MAX;
	case R_390_12:
		return value <= DISPLACEMENT_12;
	case R_390_16:
		return value <= U16_MAX;
	case R_390_20:
		return fits_signed(value, 20, 0);
	case R_390_32:
		return value <= U32_MAX;
	case R_390_PC16:
		return fits_signed(distance, 16, 0);
	case R_390_PC16DBL:
		return fits_signed(distance, 16, 1);
	case R_390_PC32:
		return fits_signed(distance, 32, 0);
	case R_390_PC32DBL:
		return fits_signed(distance, 32, 1);
	default:
		return true;
	}
}

void klpcc_arch_write_begin(bool early)
{
}

/* The kernel's way to write where modules cannot be written. */
void klpcc_arch_write(void *place, const void *data, size_t size, bool early)
{
	if (early)
		memcpy(place, data, size);
	else
		s390_kernel_write(place, data, size);
}

void klpcc_arch_write_end(bool early)
{
}

void klpcc_arch_renew_slots(struct module *mod, unsigned int symbol)
{
	struct mod_arch_syminfo *info = &mod->arch.syminfo[symbol];

	info->got_initialized = 0;
	info->plt_initialized = 0;
}

void klpcc_arch_clear_slots(struct module *mod, unsigned int symbol, bool early)
{
	static const unsigned char empty[PLT_SLOT];
	const struct mod_arch_syminfo *info = &mod->arch.syminfo[symbol];
	void *text = klpcc_module_text(mod);

	/* module_frob_arch_sections(): -1 where there is no slot. */
	if (info->got_offset != -1UL)
		klpcc_arch_write(text + mod->arch.got_offset + info->got_offset, empty,
				 sizeof(long), early);
	if (info->plt_offset != -1UL)
		klpcc_arch_write(text + mod->arch.plt_offset + info->plt_offset, empty,
				 PLT_SLOT, early);
	klpcc_arch_renew_slots(mod, symbol);
}
