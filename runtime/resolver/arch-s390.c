// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * s390: its relocations, how the resolver writes into a module, and how slots are emptied.
 *
 * Relocations are applied by the kernel's apply_relocate_add() (arch/s390/kernel/module.c). It also
 * makes the module's GOT and PLT, with one slot in each for a symbol that needs it. Slots are
 * counted when the module is loaded, over all SHT_RELA sections whatever their names. A slot is
 * filled by the first relocation that uses it and never again, so when a symbol has moved, the
 * kernel's note that its slots are filled is taken back here.
 */
#include <linux/string.h>
#include <linux/uaccess.h>

#include "kernel-compat.h"
#include "resolver.h"

/* PLT_ENTRY_SIZE of arch/s390/kernel/module.c: code, and the address that it jumps to. */
#define PLT_SLOT 22

const struct klpcc_reloc klpcc_arch_relocs[] = { KLPCC_RELOCS_S390(KLPCC_RELOC_ROW) };
const size_t klpcc_arch_reloc_count = ARRAY_SIZE(klpcc_arch_relocs);

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
