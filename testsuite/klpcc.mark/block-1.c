/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Declarations inside of functions count; all declarations of a name are one. */
/* { dg-do assemble } */

int first(void)
{
	extern int twice(void) __attribute__((klp_sympos(2)));

	return twice();
}

int second(void)
{
	extern int twice(void);

	return twice();
}

/* { dg-final { scan-symbols {UND twice\.klp\.vmlinux\.2$} } } */
/* { dg-final { scan-symbols-not {UND twice(\.klp\.vmlinux)?$} } } */
