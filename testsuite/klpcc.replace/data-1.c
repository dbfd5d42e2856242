// SPDX-License-Identifier: GPL-2.0-or-later
/* Data that the kernel has, but that kallsyms does not name: a patch with its own would be wrong. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

/* scripts/kallsyms.c leaves out what begins so. */
static int __crc_counter = 5;
/* { dg-error "12: '__crc_counter' cannot be taken from the kernel: its kallsyms does not name the variable, and the patch must not have another one" "" { target *-*-* } .-1 } */

int user(int x)
{
	return elsewhere(x) + __crc_counter++;
}

int replaced(int x)
{
	static int __crc_local = 6;
	/* { dg-error "20: '__crc_local' cannot be taken from the kernel: its kallsyms does not name the variable" "" { target *-*-* } .-1 } */

#ifdef FIXED
	x++;
#endif
	return __crc_local++ + __crc_counter++ + x;
}
