// SPDX-License-Identifier: GPL-2.0-or-later
/* A file of vmlinux is not one of a module, although the patch is: nothing of kbuild's macros is left. */
/* { dg-do assemble } */
/* { dg-options "-DMODULE -DKBUILD_MODFILE=\"livepatch\"" } */
/* { dg-replace "replaced" } */
#include "kernel.h"

#if defined(MODULE) || defined(KBUILD_MODFILE)
static int only_in_module;
#endif

int replaced(int x)
{
#if defined(MODULE) || defined(KBUILD_MODFILE)
	asm volatile("" ::"r"(&only_in_module));
#endif
#ifdef FIXED
	x++;
#endif
	return elsewhere(x);
}

/* { dg-final { scan-symbols-not "only_in_module" } } */
