// SPDX-License-Identifier: GPL-2.0-or-later
/* A constant for which the kernel has no memory is the patch's where its address matters now. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

static const int limits[] = { 11, 22, 33, 44 };

int replaced(int x)
{
#ifdef FIXED
	asm volatile("" ::"r"(limits));
	return limits[x & 3];
#else
	return x + limits[1];
#endif
}

/* { dg-final { scan-symbols "OBJECT LOCAL DEFAULT \[0-9\]+ limits$" } } */
