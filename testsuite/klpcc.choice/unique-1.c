/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Without a word in the source: an export is left alone, what vmlinux has once is taken, and what
 * nothing has is another unit's.
 */
/* { dg-do assemble } */

extern int exported_function(void);
extern int only_here(void);
extern int of_another_unit(void);

int use(void)
{
	return exported_function() + only_here() + of_another_unit();
}

/* { dg-final { scan-symbols {UND exported_function$} } } */
/* { dg-final { scan-symbols {UND only_here\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND of_another_unit$} } } */
