// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions with the same code, of which GCC made one: either names the other. */
/* { dg-do compile } */
/* { dg-replace "one,another" } */
#include "kernel.h"

static noinline int one(int x)
/* { dg-error "21: 'one' cannot be replaced: it has the same code as 'another', and GCC made one function of both" "" { target *-*-* } .-1 } */
/* { dg-message "note: replace its caller 'use_one' instead" "" { target *-*-* } .-2 } */
{
	return elsewhere(x) * 3 + elsewhere(x + 1);
}

static noinline int another(int x)
/* { dg-error "21: 'another' cannot be replaced: it has the same code as 'one', and GCC made one function of both" "" { target *-*-* } .-1 } */
/* { dg-message "note: replace its caller 'use_another' instead" "" { target *-*-* } .-2 } */
{
	return elsewhere(x) * 3 + elsewhere(x + 1);
}

int use_one(int x)
{
	return one(x) + 1;
}

int use_another(int x)
{
	return another(x) + 2;
}
