/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -w silences them. */
/* { dg-do assemble } */
/* { dg-options "-w" } */

extern int only_heer(void);
extern int inlined(void);

int use(void)
{
	return only_heer() + inlined();
}
