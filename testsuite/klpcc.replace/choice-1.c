// SPDX-License-Identifier: GPL-2.0-or-later
/* Of several symbols of a name, a unit with a plan means the one of the file, also where nothing is replaced. */
/* { dg-do assemble } */
/* { dg-replace "" } */
#include "kernel.h"

#ifdef FIXED
extern int twin(int x);

int patched(int x)
{
	return twin(x);
}
#else
static noinline int twin(int x)
{
	return elsewhere(x) * 5;
}

int user(int x)
{
	return twin(x);
}
#endif

/* { dg-final { scan-symbols "WEAK DEFAULT UND twin.klp.vmlinux.\[12\]$" } } */
