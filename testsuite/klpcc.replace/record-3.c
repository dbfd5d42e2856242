// SPDX-License-Identifier: GPL-2.0-or-later
/* An initcall that calls another function, and one export more. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

static int __init start(void)
{
	return 0;
}

static int __init start_too(void)
{
	return 1;
}

#ifdef FIXED
static int (*initcall)(void) __used __section(".initcall6.init") = start_too;
/* { dg-error "14: the original does not have this entry of '.initcall6.init', and a patch does not add it \\\[-fplugin-arg-klpcc-error-entry\\\]" "" { target *-*-* } .-1 } */
static int (*other)(void) __used __section(".exitcall.exit") = start;
/* { dg-error "14: the original does not have this entry of '.exitcall.exit'" "" { target *-*-* } .-1 } */
#else
static int (*initcall)(void) __used __section(".initcall6.init") = start;
static int (*other)(void) __used __section(".initcall7.init") = start_too;
#endif
/* { dg-error "'.*record-3.c' of the kernel has the entry 'initcall' of '.initcall6.init', which this file lacks, and a patch does not remove it" "" { target *-*-* } 0 } */
/* { dg-error "has the entry 'other' of '.initcall7.init', which this file lacks" "" { target *-*-* } 0 } */

int replaced(int x)
{
	return x + 1;
}
