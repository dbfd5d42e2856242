// SPDX-License-Identifier: GPL-2.0-or-later
/* A weak function that nothing overrides is replaced as any other; one that is overridden is the other file's. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

int __weak overridden(void)
{
	return elsewhere(3);
}

int strong(int x)
{
	return elsewhere(x) - 4;
}

int __weak replaced(int x)
{
#ifdef FIXED
	x += overridden();
#endif
	return elsewhere(x);
}

/* { dg-final { scan-symbols "FUNC LOCAL DEFAULT \[0-9\]+ replaced$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND overridden.klp.vmlinux$" } } */
