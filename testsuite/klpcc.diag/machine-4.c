/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code without a mark may be compiled as anybody likes. */
/* { dg-do assemble { target s390x-*-* } } */
/* { dg-options "-fno-pic -mpic-data-is-text-relative" } */

extern int somewhere_else(int);

int use(void)
{
	return somewhere_else(1);
}
