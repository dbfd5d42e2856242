// SPDX-License-Identifier: GPL-2.0-or-later
/* An asm statement calls its operand by name, as asm/alternative.h does: nothing keeps the address. */
/* { dg-do assemble { target x86_64-*-* } } */
/* { dg-replace "replaced" } */
#include "kernel.h"

#ifdef FIXED
static noinline int fresh(int x)
{
	return elsewhere(x) + 1;
}
#endif

int replaced(int x)
{
#ifdef FIXED
	asm volatile("call %P0" ::"i"(fresh) : "memory");
#endif
	return elsewhere(x);
}

/* { dg-final { scan-symbols "FUNC LOCAL DEFAULT \[0-9\]+ fresh$" } } */
