/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The warning has GCC's name for it. */
/* { dg-do assemble } */
/* { dg-options "-Wno-attributes" } */

static int inside(void) __attribute__((klp_used));

static int inside(void)
{
	return 1;
}

int use(void)
{
	return inside();
}
