/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module of one unit, which is named as the unit is. */
/* { dg-do assemble } */
/* { dg-options "-DKBUILD_BASENAME=\"near_5\" -DKBUILD_MODNAME=\"near_5\"" } */

extern int only_heer(void); /* { dg-warning "12: the target has no 'only_heer'; did you mean 'only_here'." } */

int use(void)
{
	return only_heer();
}
