// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the kernel exports may be called by modules that no patch has; what it does not export is called
 * by its own files, which the patch has where their code changes.
 */
/* { dg-do compile } */
/* { dg-replace "exported,internal" } */
#include "kernel.h"
#include "export.h"

#ifdef FIXED
#define NEW , long flags
#define FLAGS flags
#else
#define NEW
#define FLAGS 0
#endif

int exported(int x NEW);
int internal(int x NEW);

noinline int exported(int x NEW)
{
	/* { dg-error "14: the kernel exports 'exported', and its type changes: \[^\n\]* \\\[-fplugin-arg-klpcc-error-prototype\\\]" "" { target *-*-* } .-2 } */
	/* { dg-message "14: the original has 'int exported\\(int\\)'" "" { target *-*-* } .-3 } */
	/* { dg-message "14: declared here as 'int exported\\(int, long int\\)'" "" { target *-*-* } .-4 } */
	return elsewhere(x) + FLAGS;
}
EXPORT(exported);

noinline int internal(int x NEW)
{
	return elsewhere(x) - FLAGS;
}
