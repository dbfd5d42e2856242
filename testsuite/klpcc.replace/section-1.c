// SPDX-License-Identifier: GPL-2.0-or-later
/* Code stays in the section that the original gave it, and has its entries of tables. */
/* { dg-do assemble } */
/* { dg-replace "rare,placed" } */
#include "kernel.h"

int __cold rare(int x)
{
#ifdef FIXED
	x++;
#endif
	asm volatile(
		"1:\n\t.pushsection __bug_table,\"aw\"\n\t.long 1b - .\n\t.popsection");
	return elsewhere(x);
}

int __section(".text.placed") placed(int x)
{
	return elsewhere(x) + 1;
}

/* { dg-final { scan-sections "\.text\.unlikely PROGBITS" } } */
/* { dg-final { scan-sections "\.text\.placed PROGBITS" } } */
/* { dg-final { scan-sections "__bug_table PROGBITS" } } */
