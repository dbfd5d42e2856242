// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The fix exports a function that is new: its other files call that without the export, and no module of
 * the kernel can want it.
 */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"
#include "export.h"

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
