// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Static variables of functions are the kernel's, by function, name and order; a new one is the
 * patch's, and gets none of their names.
 */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

int other(int x)
{
	static int count = 100;

	return count += x;
}

int replaced(int x)
{
	static int count = 1;
#ifdef FIXED
	static int fresh;

	fresh += x;
	if (fresh > 10)
		return fresh;
#endif
	{
		static int count = 7;

		count++;
		x += count;
	}
	return count += x;
}

/* { dg-final { scan-symbols-times "WEAK DEFAULT UND count\.\[0-9\]+\.klp\.vmlinux$" 2 } } */
/* { dg-final { scan-symbols "OBJECT LOCAL DEFAULT \[0-9\]+ fresh\.\[0-9\]+$" } } */
/* { dg-final { scan-symbols-not "OBJECT LOCAL DEFAULT \[0-9\]+ count" } } */
