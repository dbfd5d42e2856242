// SPDX-License-Identifier: GPL-2.0-or-later
/* A variable that the changed file no longer has is no record, wherever it was. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

#ifndef FIXED
static int __section(".data..read_mostly") mostly_read = 4;

void set(int x)
{
	mostly_read = x;
}
#endif

int replaced(int x)
{
#ifdef FIXED
	return x + 4;
#else
	return x + mostly_read;
#endif
}

/* { dg-final { scan-symbols-not "\[.\]klp\[.\]|mostly_read" } } */
