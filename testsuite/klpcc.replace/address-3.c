// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where a statement calls the function and gives its address away, only the latter is the kernel's. So is
 * the address in a new table of the patch.
 */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

#ifdef FIXED
int replaced(int x, int (*callback)(int, int (*)()));

int (*const new_table[])(int, int (*)(int, int (*)())) = { replaced };
#endif

noinline int replaced(int x, int (*callback)(int, int (*)()))
{
#ifdef FIXED
	if (x > 10)
		return elsewhere(replaced(x - 10, (void *)replaced));
#endif
	return x + register_callback((void *)callback);
}

/* { dg-final { scan-symbols "FUNC LOCAL DEFAULT \[0-9\]+ replaced$" } } */
/* { dg-final { scan-relocs "_64 \[0-9a-f\]* ?replaced.klp.vmlinux" } } */
/* { dg-final { scan-assembler "(call\treplaced$|brasl\t%r14,replaced(@PLT)?$)" } } */
