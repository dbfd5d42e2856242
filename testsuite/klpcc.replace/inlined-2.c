// SPDX-License-Identifier: GPL-2.0-or-later
/* With all of them replaced nothing is left to be said. */
/* { dg-do assemble } */
/* { dg-replace "replaced,holder,,replaced" } */
#include "kernel.h"

int replaced(int x)
{
#ifdef FIXED
	return x + 2;
#else
	return x + 1;
#endif
}

int holder(int x)
{
	return elsewhere(replaced(x));
}

/* { dg-final { scan-symbols "GLOBAL DEFAULT \[0-9\]+ klpcc_new_replaced$" } } */
/* { dg-final { scan-symbols "GLOBAL DEFAULT \[0-9\]+ klpcc_new_holder$" } } */
