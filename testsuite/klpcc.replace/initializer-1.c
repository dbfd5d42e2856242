// SPDX-License-Identifier: GPL-2.0-or-later
/* A patch does not change data that the kernel has. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

#ifdef FIXED
#define LIMIT 20
#else
#define LIMIT 10
#endif

static int limit = LIMIT;
/* { dg-error "12: the initializer of 'limit' is not the original's: the kernel has the old value, and a patch does not change it \\\[-fplugin-arg-klpcc-error-data\\\]" "" { target *-*-* } .-1 } */
static const char *const names[] = { "one", "two" };
int same = 1;

int replaced(int x)
{
	static int step = LIMIT;
	/* { dg-error "20: the initializer of 'step' is not the original's" "" { target *-*-* } .-1 } */

	limit += x;
	step++;
	return x > limit + step + same + *names[x & 1];
}
