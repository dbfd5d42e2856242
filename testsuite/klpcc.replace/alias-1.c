// SPDX-License-Identifier: GPL-2.0-or-later
/* Aliases that are not replaced are the kernel's, of functions and of variables; hidden ones, too. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

int state = 3;
extern int same_state __attribute__((alias("state")));

int helper(int x)
{
	return elsewhere(x) - state++;
}

extern int same_helper(int x) __attribute__((alias("helper")));

__attribute__((visibility("hidden"))) int hidden_helper(int x)
{
	return elsewhere(x) * 3;
}

int replaced(int x)
{
#ifdef FIXED
	x++;
#endif
	return same_helper(x) + same_state++ + hidden_helper(x);
}

/* { dg-final { scan-symbols "WEAK DEFAULT UND same_helper\.klp\.vmlinux$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND same_state\.klp\.vmlinux$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND hidden_helper\.klp\.vmlinux$" } } */
/* { dg-final { scan-symbols-not " (state|helper)" } } */
