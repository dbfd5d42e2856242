/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An export that the module loader would not bind is none: one in a namespace that is not
 * imported, and one for other modules.
 */
/* { dg-do assemble } */

extern int spaced_function(void);
extern int privileged_function(void);

int use(void)
{
	return spaced_function() + privileged_function();
}

/* { dg-final { scan-symbols {UND spaced_function\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND privileged_function\.klp\.vmlinux$} } } */
