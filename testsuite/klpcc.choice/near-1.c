/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mistyped: the name that was meant, at the declaration, once. Not for what a header declares,
 * and not for what is not used.
 */
/* { dg-do assemble } */
/* { dg-additional-files "near-1.h" } */

#include "near-1.h"

extern int only_heer(void); /* { dg-warning "12: the target has no 'only_heer'; did you mean 'only_here'. .-fplugin-arg-klpcc-no-warn-near." } */
extern int exported_fnction(void); /* { dg-warning "12: the target has no 'exported_fnction'; did you mean 'exported_function'." } */
extern int quite_another(void);
extern int only_there(void);
extern int one_onny(void);

int use(void)
{
	return only_heer() + only_heer() + exported_fnction() + quite_another() + only_hear() +
	       one_onny();
}
