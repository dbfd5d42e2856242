// SPDX-License-Identifier: GPL-2.0-or-later
/* What is replaced stays, with the inline function that it needs; the rest is the kernel's. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

static int counter = 5;
int global_counter;
static const int table[] = { 3, 1, 4, 1, 5 };

static noinline int helper(int x)
{
	return x * 3 + counter;
}

static inline int tiny(int x)
{
	return x + 7;
}

int exported_too(int x)
{
	return x - global_counter;
}

static noinline int replaced(int x)
{
#ifdef FIXED
	if (x < 0)
		return -22;
#endif
	counter++;
	return helper(x) + tiny(x) + exported_too(x) + elsewhere(x) + table[x & 3];
}

int unrelated(int x)
{
	global_counter++;
	return replaced(x) + replaced(x + 1);
}

/* { dg-final { scan-symbols "FUNC LOCAL DEFAULT \[0-9\]+ replaced$" } } */
/* { dg-final { scan-symbols "GLOBAL DEFAULT \[0-9\]+ klpcc_new_replaced$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND helper.klp.vmlinux$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND counter.klp.vmlinux$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND table.klp.vmlinux$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND exported_too.klp.vmlinux$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND elsewhere.klp.vmlinux$" } } */
/* { dg-final { scan-symbols-not "unrelated|tiny|global_counter" } } */
