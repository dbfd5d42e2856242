// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The fix exports a function that is new: its other files call that without the export, and no module of
 * the kernel can want it.
 */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

/* EXPORT_SYMBOL() of linux/export.h. */
#define EXPORT(name)                                                    \
	extern __typeof__(name) name;                                   \
	static void *__used __section(".discard.addressable")           \
		__UNIQUE_ID___addressable_##name##7 = (void *)&name;    \
	asm(".section \"__ksymtab_strings\",\"aMS\",%progbits,1\n"      \
	    "__kstrtab_" #name ": .asciz \"" #name "\"\n"               \
	    "__kstrtabns_" #name ": .asciz \"\"\n.previous\n"           \
	    ".section \"___ksymtab+" #name "\", \"a\"\n\t.balign 4\n"   \
	    "__ksymtab_" #name ": .long " #name "- ., __kstrtab_" #name \
	    " - ., __kstrtabns_" #name " - .\n.previous")

int other(int x)
{
	return x - 1;
}
EXPORT(other);

#ifdef FIXED
int fresh(int x);

noinline int fresh(int x)
{
	return elsewhere(x) + 1;
}
EXPORT(fresh);
#endif

int replaced(int x);

noinline int replaced(int x)
{
#ifdef FIXED
	return fresh(x);
#endif
	return elsewhere(x);
}

/* { dg-final { scan-symbols "FUNC GLOBAL DEFAULT \[0-9\]+ klpcc_new_replaced$" } } */
/* { dg-final { scan-symbols "FUNC GLOBAL DEFAULT \[0-9\]+ fresh$" } } */
/* { dg-final { scan-symbols-not "kstrtab|ksymtab|addressable|other" } } */
