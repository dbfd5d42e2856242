// SPDX-License-Identifier: GPL-2.0-or-later
/* A new static variable is the patch's, also where the kernel has some of its name in other functions. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

int other(int x)
{
	static int count = 100;
	{
		static int count = 200;
		{
			static int count = 300;

			x += count++;
		}
		x += count++;
	}
	return count += x;
}

int replaced(int x)
{
#ifdef FIXED
	static int count = 1;

	return count += x;
#else
	return x;
#endif
}

/* { dg-final { scan-symbols "OBJECT LOCAL DEFAULT \[0-9\]+ count\.\[0-9\]+$" } } */
/* { dg-final { scan-symbols-not "\[.\]klp\[.\]" } } */
