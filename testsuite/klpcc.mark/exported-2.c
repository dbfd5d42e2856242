/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the author says outranks the export. */
/* { dg-do assemble } */

extern int exported_function(void) __attribute__((klp_object("vmlinux")));

int use(void)
{
	return exported_function();
}

/* { dg-final { scan-symbols {UND exported_function\.klp\.vmlinux$} } } */
