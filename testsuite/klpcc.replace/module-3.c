// SPDX-License-Identifier: GPL-2.0-or-later
/* So is the object, with which the symbol waits for that object and not for the module of the file. */
/* { dg-do assemble } */
/* { dg-replace "replaced" "m_one" } */
#include "kernel.h"

#ifdef FIXED
int from_two(int x) __attribute__((klp_object("m_two")));
#else
int from_two(int x);
#endif

int replaced(int x)
{
	return from_two(x);
}

/* { dg-final { scan-symbols "WEAK DEFAULT UND from_two\[.\]klp\[.\]m_two$" } } */
