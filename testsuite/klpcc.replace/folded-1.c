// SPDX-License-Identifier: GPL-2.0-or-later
/* The original never writes the variable, so GCC used its value and made no variable of it. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

static int setting = 5;
/* { dg-error "12: the kernel has no memory for 'setting', which the original never changes: \[^\n\]* \\\[-fplugin-arg-klpcc-error-data\\\]" "" { target *-*-* } .-1 } */

int reader(int x)
{
	return elsewhere(x) + setting;
}

int replaced(int x)
{
#ifdef FIXED
	setting = x;
/* { dg-message "17: note: it may be changed here" "" { target *-*-* } .-1 } */
#endif
	return elsewhere(x) * setting;
}
