// SPDX-License-Identifier: GPL-2.0-or-later
/* So is the address of an inline function of which the kernel has a copy of its own. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

static inline int callback(int x)
{
	return x + 1;
}

int replaced(int x)
{
#ifdef FIXED
	x += callback(x);
#endif
	return register_callback(callback) + x;
}

/* { dg-final { scan-symbols "WEAK DEFAULT UND callback.klp.vmlinux$" } } */
