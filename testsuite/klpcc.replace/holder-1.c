// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A function that holds the old code is not named where the kernel cannot redirect it, but those that lead
 * to it, the nearest ones; also where such functions call each other. What holds it in init memory is gone.
 */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

/* { dg-message "note: replace 'caller', too" "" { target *-*-* } 13 } */
int replaced(int x);

int replaced(int x)
/* { dg-error "5: 'replaced' is replaced, but other functions of the kernel contain a copy of its old code" "" { target *-*-* } .-1 } */
{
#ifdef FIXED
	return x + 2;
#else
	return x + 1;
#endif
}

static int pong(int x);

static noinline notrace int ping(int x)
{
	return x > 5 ? pong(x - 1) : elsewhere(replaced(x));
}

static noinline notrace int pong(int x)
{
	return elsewhere(ping(x - 2));
}

noinline int caller(int x)
{
	return elsewhere(ping(x)) + 1;
}

int above(int x)
{
	return caller(x) + 2;
}

/* The kernel leaves such functions to ftrace until it frees them. */
__section(".init.text") int start(int x)
{
	return elsewhere(replaced(x));
}
