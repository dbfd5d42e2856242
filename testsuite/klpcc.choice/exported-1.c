/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What another module exports: bound by the module loader only where neither vmlinux nor a module
 * of the unit has such a symbol itself.
 */
/* { dg-do assemble } */

extern int exported_elsewhere(void); /* vmlinux has one, too */
extern int one_exported(void);

int use(void)
{
	return exported_elsewhere() + one_exported();
}

/* { dg-final { scan-symbols {UND exported_elsewhere\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND one_exported$} } } */
