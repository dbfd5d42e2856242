// SPDX-License-Identifier: GPL-2.0-or-later
/* Outside of functions these names are ordinary ones, and an _entry that can be written to is no message. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

static int __warned = 1;
static int _rs = 2;
static int ___done = 3;

int user(int x)
{
	return __warned++ + _rs++ + ___done++ + x;
}

int replaced(int x)
{
	static int _entry = 4;
	static int __msg = 5;

#ifdef FIXED
	x++;
#endif
	return __warned++ + _rs++ + ___done++ + _entry++ + __msg++ + x;
}

/* { dg-final { scan-symbols-times "WEAK DEFAULT UND (__warned|_rs|___done)\.klp\.vmlinux$" 3 } } */
/* { dg-final { scan-symbols-times "WEAK DEFAULT UND (_entry|__msg)\.\[0-9\]+\.klp\.vmlinux$" 2 } } */
/* { dg-final { scan-symbols-not "OBJECT LOCAL" } } */
