// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions into which GCC inlined one that is replaced keep its old code. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

/* Small enough to be inlined, and global, so that it has code of its own, too. */
int replaced(int x)
/* { dg-error "5: 'replaced' is replaced, but other functions of the kernel contain a copy of its old code \\\[-fplugin-arg-klpcc-error-inlined\\\]" "" { target *-*-* } .-1 } */
{
#ifdef FIXED
	return x + 2;
#else
	return x + 1;
#endif
}

/* { dg-message "note: replace 'holder', too" "" { target *-*-* } 8 } */
/* { dg-message "note: replace 'outer', too" "" { target *-*-* } 8 } */
int holder(int x)
{
	return elsewhere(replaced(x));
}

static inline int middle(int x)
{
	return replaced(x) * 3;
}

int outer(int x)
{
	return middle(x);
}

int stranger(int x)
{
	return x * 2;
}
