// SPDX-License-Identifier: GPL-2.0-or-later
/* A symbol of another file with the name of one of this is not meant. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

static noinline int twin(int x)
{
	return elsewhere(x) * 5;
}

int replaced(int x)
{
#ifdef FIXED
	x++;
#endif
	return twin(x);
}

/* { dg-final { scan-symbols "WEAK DEFAULT UND twin.klp.vmlinux.\[12\]$" } } */
