// SPDX-License-Identifier: GPL-2.0-or-later
/* Another body is no other type. */
/* { dg-do compile } */
/* { dg-replace "exported" } */
#include "kernel.h"
#include "export.h"

int exported(int x);

noinline int exported(int x)
{
#ifdef FIXED
	x++;
#endif
	return elsewhere(x);
}
EXPORT(exported);
