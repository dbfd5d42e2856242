// SPDX-License-Identifier: GPL-2.0-or-later
/* GCC made a variant of a function for some of its callers, which do not call the function itself. */
/* { dg-do compile } */
/* { dg-options "-fipa-cp -fipa-cp-clone --param ipa-cp-eval-threshold=1" } */
/* { dg-replace "replaced" } */
#include "kernel.h"

int replaced(int x, int how);
__attribute__((__noinline__)) int replaced(int x, int how)
/* { dg-error "'replaced' is replaced, but functions of the kernel call 'replaced.constprop.0', which GCC made of its old code \\\[-fplugin-arg-klpcc-error-inlined\\\]" "" { target *-*-* } .-1 } */
{
	int sum = 0;

#ifdef FIXED
	sum++;
#endif
	if (how == 3)
		for (int i = 0; i < x; i++)
			sum += elsewhere(i * how);
	else
		sum += elsewhere(x / how) + elsewhere(how);
	return sum;
}

/* { dg-message "note: replace 'caller', too" "" { target *-*-* } 9 } */
int caller(int x)
{
	return replaced(x, 3) + replaced(x + 1, 3);
}
