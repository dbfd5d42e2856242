// SPDX-License-Identifier: GPL-2.0-or-later
/* A function of which the kernel has only a variant with other parameters. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

struct pair {
	int first, second;
};

static __attribute__((__noinline__)) int replaced(const struct pair *pair, int unused)
/* { dg-error "42: 'replaced' cannot be replaced: the kernel has no function of that name from this file" "" { target *-*-* } .-1 } */
/* { dg-message "note: replace its caller 'user' instead" "" { target *-*-* } .-2 } */
/* { dg-message "note: replace its caller 'other_user' instead" "" { target *-*-* } .-3 } */
{
	return elsewhere(pair->first);
}

int user(const struct pair *pair)
{
	return replaced(pair, 1) + 1;
}

int other_user(const struct pair *pair)
{
	return replaced(pair + 1, 2) + 2;
}
