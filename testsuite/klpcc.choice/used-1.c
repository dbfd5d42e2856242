/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A refusal of what a header declares shows the line that wants it, too. */
/* { dg-do assemble } */
/* { dg-additional-files "used-1.h" } */

#include "used-1.h"
/* { dg-error "'helper' is not unique" "" { target *-*-* } 0 } */
/* { dg-message "note: '__attribute__" "candidates" { target *-*-* } 0 } */

int use(void)
{
	return HELP(); /* { dg-message "16: note: first used here" } */
}

int again(void)
{
	return HELP();
}
