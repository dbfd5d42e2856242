// SPDX-License-Identifier: GPL-2.0-or-later
/* One statement less. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

asm(".pushsection .text\n.globl in_asm\nin_asm: .long 1\n.popsection");
#ifndef FIXED
asm(".pushsection .text\n.globl in_asm_too\nin_asm_too: .long 2\n.popsection");
#endif

int replaced(int x)
{
	return x + 1;
}

/* { dg-error "the 'asm' statements outside of functions are not those of the kernel's '.*asm-4.c'" "" { target *-*-* } 0 } */
