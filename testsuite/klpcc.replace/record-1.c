// SPDX-License-Identifier: GPL-2.0-or-later
/* Nor parameters, exports and initcalls, which the kernel has read long ago. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

static int first, second;

struct parameter {
	const char *name;
	int *value;
};

static const struct parameter __used __section("__param") __param_first = { "first",
									    &first };
#ifdef FIXED
static const struct parameter __used __section("__param") __param_second = { "second",
									     &second };
/* { dg-error "59: the original does not have this entry of '__param', and a patch does not add it \\\[-fplugin-arg-klpcc-error-entry\\\]" "" { target *-*-* } .-2 } */
#else
static void *__used __section(".discard.addressable") __UNIQUE_ID_gone12 = &second;
#endif
/* { dg-error "'.*record-1.c' of the kernel has the entry '__UNIQUE_ID_gone12' of '.discard.addressable', which this file lacks" "" { target *-*-* } 0 } */
#ifdef FIXED
static void *__used __section(".discard.addressable") __UNIQUE_ID_same4 = &first;
#else
static void *__used __section(".discard.addressable") __UNIQUE_ID_same3 = &first;
#endif

int replaced(int x)
{
	return first + second + x;
}
