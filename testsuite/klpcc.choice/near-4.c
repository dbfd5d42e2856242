/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One of a module's several units: what the target lacks may be another one's. */
/* { dg-do assemble } */
/* { dg-options "-DKBUILD_BASENAME=\"near_4\" -DKBUILD_MODNAME=\"patch\"" } */

extern int only_heer(void);
extern int inlined(void);
extern int two_only(void);

int use(void)
{
	return only_heer() + inlined() + two_only();
}
