// SPDX-License-Identifier: GPL-2.0-or-later
/* A constant table is the kernel's where its address matters; its values may still be folded. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

static const int limits[] = { 11, 22, 33 };

const int *get_limits(void)
{
	return limits;
}

int replaced(const int *at)
{
#ifdef FIXED
	if (!at)
		return limits[1];
#endif
	return at == limits;
}

/* { dg-final { scan-symbols "WEAK DEFAULT UND limits.klp.vmlinux$" } } */
/* { dg-final { scan-symbols-not "OBJECT LOCAL DEFAULT \[0-9\]+ limits$" } } */
/* { dg-final { scan-assembler "(movl\t.22|lhi\t%r2,22)" } } */
