/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What takes nothing from the target may be compiled for anything. */
/* { dg-do assemble { target x86_64-*-* } } */
/* { dg-options "-m32 -mcmodel=32" } */

extern int of_its_own(int);

int use(void)
{
	return of_its_own(1);
}
