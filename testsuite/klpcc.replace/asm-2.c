// SPDX-License-Identifier: GPL-2.0-or-later
/* What defines macros for code stays, what defines anything else is the kernel's; lines may move. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

asm(".macro answer\n\t.long 42\n\t.endm");
#ifdef FIXED
asm(".pushsection .initcall6.init,\"a\"\n__initcall__kmod_x__99_35_start6: .long 1\n.popsection");
#else
asm(".pushsection .initcall6.init,\"a\"\n__initcall__kmod_x__12_34_start6: .long 1\n.popsection");
#endif

int replaced(int x)
{
	asm volatile(".pushsection .discard.answers\nanswer\n.popsection");
	return x + 1;
}

/* { dg-final { scan-sections "\.discard\.answers" } } */
/* { dg-final { scan-sections-not "initcall" } } */
