// SPDX-License-Identifier: GPL-2.0-or-later
/* What is new and global stays: another unit of the patch may use it. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

#ifdef FIXED
int new_state = 3;
int new_table[2] = { 4, 5 };

int new_helper(int x)
{
	return elsewhere(x) + new_state;
}

static int new_private(int x)
{
	return x + 9;
}
#endif

int replaced(int x)
{
	return elsewhere(x);
}

/* { dg-final { scan-symbols "FUNC GLOBAL DEFAULT \[0-9\]+ new_helper$" } } */
/* { dg-final { scan-symbols "OBJECT GLOBAL DEFAULT \[0-9\]+ new_state$" } } */
/* { dg-final { scan-symbols "OBJECT GLOBAL DEFAULT \[0-9\]+ new_table$" } } */
/* { dg-final { scan-symbols-not "new_private" } } */
