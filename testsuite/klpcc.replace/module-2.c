// SPDX-License-Identifier: GPL-2.0-or-later
/* What the author says at a declaration is worth more than what the plan says. */
/* { dg-do assemble } */
/* { dg-replace "replaced" "m_one" } */
#include "kernel.h"

#ifdef FIXED
int from_two(int x) __attribute__((klp_ordinary));
#else
int from_two(int x);
#endif

int replaced(int x)
{
	return from_two(x);
}

/* { dg-final { scan-symbols "GLOBAL DEFAULT UND from_two$" } } */
/* { dg-final { scan-symbols-not "from_two\[.\]klp" } } */
