// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A function that the file exports: its new code is no second export, which modpost would refuse, and
 * the kernel's own is what the list of exports keeps.
 */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"
#include "export.h"

int replaced(int x);

noinline int replaced(int x)
{
#ifdef FIXED
	if (x < 0)
		return register_callback(replaced);
#endif
	return elsewhere(x);
}
EXPORT(replaced);

int other(int x)
{
	return replaced(x) - 1;
}
EXPORT(other);

/* { dg-final { scan-symbols "FUNC LOCAL DEFAULT \[0-9\]+ replaced$" } } */
/* { dg-final { scan-symbols "FUNC GLOBAL DEFAULT \[0-9\]+ klpcc_new_replaced$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND replaced\.klp\.vmlinux$" } } */
/* { dg-final { scan-symbols-not "kstrtab|ksymtab|addressable|other" } } */
/* { dg-final { scan-sections-not "ksymtab|discard" } } */
