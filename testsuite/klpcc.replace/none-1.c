// SPDX-License-Identifier: GPL-2.0-or-later
/* Nothing is replaced: what is new stays, with what it needs, and the rest is the kernel's. */
/* { dg-do assemble } */
/* { dg-replace "-" } */
#include "kernel.h"

static int counter = 5;

static noinline int helper(int x)
{
	return x * 3 + counter++;
}

int unrelated(int x)
{
	return helper(x) + elsewhere(x);
}

#ifdef FIXED
static int own(int x)
{
	return helper(x) + 1;
}

int added(int x)
{
	return own(x) + counter;
}
#endif

/* { dg-final { scan-symbols "FUNC GLOBAL DEFAULT \[0-9\]+ added$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND helper.klp.vmlinux$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND counter.klp.vmlinux$" } } */
/* { dg-final { scan-symbols-not "unrelated|klpcc_new_" } } */
