// SPDX-License-Identifier: GPL-2.0-or-later
/* An inline function is changed with the functions that are replaced, although the kernel has a copy of it. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

static inline int limit(int x)
{
#ifdef FIXED
	return elsewhere(x) & 0x1234;
#else
	return elsewhere(x) & 0x1235;
#endif
}

int user(int x)
{
	return register_callback(limit) + x;
}

int replaced(int x)
{
	return limit(x) + limit(x + 1);
}

/* { dg-final { scan-symbols-not "limit\.klp" } } */
/* { dg-final { scan-assembler "4660" } } */
