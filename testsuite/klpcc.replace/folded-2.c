// SPDX-License-Identifier: GPL-2.0-or-later
/* Whoever gets the address of such a variable may change it; who only reads it may not. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

static int setting = 5;
/* { dg-error "12: the kernel has no memory for 'setting', which the original never changes: \[^\n\]* \\\[-fplugin-arg-klpcc-error-data\\\]" "" { target *-*-* } .-1 } */
static int unchanged = 6;

int reader(int x)
{
	return elsewhere(x) + setting + unchanged;
}

int replaced(int x)
{
#ifdef FIXED
	register_callback((int (*)(int)) & setting);
	/* { dg-message "9: note: it may be changed here" "" { target *-*-* } .-1 } */
#endif
	return elsewhere(x) * setting + unchanged;
}
