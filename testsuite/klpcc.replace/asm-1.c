// SPDX-License-Identifier: GPL-2.0-or-later
/* Code in asm statements outside of functions is not replaced, so it must be the original's. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

asm(".pushsection .initcall6.init\n__initcall__kmod_x__12_34_start6:\n.popsection");
#ifdef FIXED
asm(".pushsection .text\n.globl in_asm\nin_asm: .long 1\n.popsection");
#else
asm(".pushsection .text\n.globl in_asm\nin_asm: .long 2\n.popsection");
#endif

int replaced(int x)
{
	return x + 1;
}

/* { dg-error "the 'asm' statements outside of functions are not those of the kernel's '.*asm-1.c', and a patch does not change them \\\[-fplugin-arg-klpcc-error-asm\\\]" "" { target *-*-* } 0 } */
