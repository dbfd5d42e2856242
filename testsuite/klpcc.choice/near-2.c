/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function for a function, a variable for a variable; and of what is not declared at all GCC asks
 * itself.
 */
/* { dg-do assemble } */
/* { dg-options "-Wno-implicit-function-declaration" } */

extern int only_heer;           /* a function of that name is there */
extern int couner(void);        /* a variable is */

int use(void)
{
	return only_heer + couner() + only_hear();
}
