// SPDX-License-Identifier: GPL-2.0-or-later
/* What the kernel cannot redirect is refused, each with its reason. */
/* { dg-do compile } */
/* { dg-replace "in_init,untraced,overridden,replcaed,other_name,fresh,__pfx_x,inlien_function" } */
#include "kernel.h"

int __init in_init(void)
/* { dg-error "12: 'in_init' cannot be replaced: it is in init memory, which the kernel has freed" "" { target *-*-* } .-1 } */
{
	return elsewhere(1);
}

notrace noinline int untraced(int x)
/* { dg-error "22: 'untraced' cannot be replaced: ftrace cannot redirect it" "" { target *-*-* } .-1 } */
{
	return elsewhere(x);
}

/* { dg-message "note: replace its caller 'traced' instead" "" { target *-*-* } 13 } */
int traced(int x)
{
	return untraced(x) + 1;
}

int __weak overridden(void)
/* { dg-error "12: 'overridden' cannot be replaced: it is weak, and the kernel uses another file's" "" { target *-*-* } .-1 } */
{
	return elsewhere(3);
}

int replaced(int x)
{
	return elsewhere(x);
}

extern int other_name(int x) __attribute__((alias("replaced")));
/* { dg-error "12: 'other_name' cannot be replaced: it is an alias; replace 'replaced'" "" { target *-*-* } .-1 } */

/* Whoever calls the alias reaches the function. */
int calls_alias(int x)
{
	return other_name(x) + 1;
}

static inline int inline_function(int x)
{
	return x + 1;
}

int calls_inline(int x)
{
	return inline_function(x);
}

#ifdef FIXED
int fresh(int x)
/* { dg-error "5: 'fresh' cannot be replaced: the original file does not define it" "" { target *-*-* } .-1 } */
{
	return x;
}
#endif

/* { dg-error "'-fplugin-arg-klpcc-replace' names 'replcaed', which the file does not define; did you mean 'replaced'\\?" "" { target *-*-* } 0 } */
/* { dg-error "'-fplugin-arg-klpcc-replace' names '__pfx_x', which the file does not define" "" { target *-*-* } 0 } */
/* { dg-error "'-fplugin-arg-klpcc-replace' names 'inlien_function', which the file does not define(?!; did)" "" { target *-*-* } 0 } */
