// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * x86_64: its relocations, and how the resolver writes into a module.
 *
 * Relocations are applied by the kernel's apply_relocate_add() (arch/x86/kernel/module.c), which
 * refuses a place that is not empty. Until 6.3 the kernel could not empty one. Since then it can,
 * but only with the value that was written, which would need a look-up. So the resolver empties
 * places itself.
 */
#include <linux/memory.h>
#include <linux/string.h>
#include <asm/text-patching.h>

#include "kernel-compat.h"
#include "resolver.h"

const struct klpcc_reloc klpcc_arch_relocs[] = { KLPCC_RELOCS_X86_64(KLPCC_RELOC_ROW) };
const size_t klpcc_arch_reloc_count = ARRAY_SIZE(klpcc_arch_relocs);

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

/* There are none on this machine: the value of every relocation is in its place. */
void klpcc_arch_renew_slots(struct module *mod, unsigned int symbol)
{
}

void klpcc_arch_clear_slots(struct module *mod, unsigned int symbol, bool early)
{
}
