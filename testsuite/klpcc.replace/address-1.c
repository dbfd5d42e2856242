// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The address of a function that is replaced is the kernel's, so that it is equal to what the kernel
 * has stored; a call of the function by itself stays in the patch.
 */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

struct operations {
	int (*callback)(int);
};

static int replaced(int x);

static const struct operations operations = { .callback = replaced };

int is_ours(const struct operations *other)
{
	return other->callback == operations.callback;
}

static int replaced(int x)
{
#ifdef FIXED
	x++;
#endif
	if (x > 10)
		return replaced(x - 10) * 2;
	register_callback(replaced);
	return x;
}

/* { dg-final { scan-symbols "WEAK DEFAULT UND replaced.klp.vmlinux$" } } */
/* { dg-final { scan-relocs "replaced.klp.vmlinux" } } */
/* { dg-final { scan-symbols "FUNC LOCAL DEFAULT \[0-9\]+ replaced$" } } */
