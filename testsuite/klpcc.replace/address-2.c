// SPDX-License-Identifier: GPL-2.0-or-later
/* The address of a new function is the patch's, and may outlive it. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

#ifdef FIXED
static int fresh(int x)
{
	return x + 1;
}

static int fresh_too(int x)
{
	return x + 2;
}

int (*const table[])(int) = { fresh_too };
/* { dg-warning "13: the address of 'fresh_too' is that of the patch's function" "" { target *-*-* } .-1 } */
#endif

int replaced(int x)
{
#ifdef FIXED
	return register_callback(fresh);
/* { dg-warning "address of 'fresh' is that of the patch's function: \[^\n\]* \\\[-fplugin-arg-klpcc-no-warn-pointer\\\]" "" { target *-*-* } .-1 } */
#else
	return x;
#endif
}

/* { dg-final { scan-symbols "FUNC LOCAL DEFAULT \[0-9\]+ fresh$" } } */
