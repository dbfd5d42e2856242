/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What stands in the slots that the loader made for a livepatch symbol of this module, whether any
 * code uses them now or not. Where they are is what apply_rela() computes
 * (arch/s390/kernel/module.c).
 */
#ifndef SLOTS_H
#define SLOTS_H

#include <linux/elf.h>
#include <linux/module.h>
#include <linux/string.h>

/* PLT_ENTRY_SIZE: code, and from here on the address that it jumps to. */
#define PLT_SLOT 22
#define PLT_ADDRESS 14

/* NULL where there is none. name: a part of the symbol's own. */
static inline const struct mod_arch_syminfo *slots_find(const char *name)
{
	const struct mod_kallsyms *known = &THIS_MODULE->core_kallsyms;
	unsigned int i;

	for (i = 1; i < known->num_symtab; i++)
		if (known->symtab[i].st_shndx == SHN_LIVEPATCH &&
		    strstr(known->strtab + known->symtab[i].st_name, name))
			return &THIS_MODULE->arch.syminfo[i];
	return NULL;
}

/* "slots NAME got CONTENTS plt CONTENTS", in hexadecimal; "none" for a slot that is not there. */
static inline int slots_print(char *buffer, const char *name)
{
	const struct mod_arch_syminfo *info = slots_find(name);
	const char *base = THIS_MODULE->core_layout.base;
	int length = sprintf(buffer, "slots %s got ", name);

	if (info && info->got_offset != -1UL)
		length += sprintf(buffer + length, "%*phN", (int)sizeof(long),
				  base + THIS_MODULE->arch.got_offset + info->got_offset);
	else
		length += sprintf(buffer + length, "none");
	if (info && info->plt_offset != -1UL)
		length += sprintf(buffer + length, " plt %*phN\n", PLT_SLOT,
				  base + THIS_MODULE->arch.plt_offset + info->plt_offset);
	else
		length += sprintf(buffer + length, " plt none\n");
	return length;
}

#endif
