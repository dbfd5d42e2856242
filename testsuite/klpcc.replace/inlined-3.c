// SPDX-License-Identifier: GPL-2.0-or-later
/* One that has no code of its own cannot be replaced; those that hold it can. */
/* { dg-do compile } */
/* { dg-replace "part" } */
#include "kernel.h"

static int part(int x)
/* { dg-error "12: 'part' cannot be replaced: the kernel has no function of that name from this file" "" { target *-*-* } .-1 } */
{
#ifdef FIXED
	return x + 2;
#else
	return x + 1;
#endif
}

/* { dg-message "note: replace its caller 'holder' instead" "" { target *-*-* } 7 } */
int holder(int x)
{
	return elsewhere(part(x));
}
