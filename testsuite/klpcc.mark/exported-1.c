/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What vmlinux or a module exports stays for the module loader, even where vmlinux has a
 * symbol of its own by that name.
 */
/* { dg-do assemble } */

extern int exported_function(void), exported_by_module(void);
extern int exported_variable;

int use(void)
{
	return exported_function() + exported_by_module() + exported_variable;
}

/* { dg-final { scan-symbols {GLOBAL DEFAULT UND exported_function$} } } */
/* { dg-final { scan-symbols {GLOBAL DEFAULT UND exported_by_module$} } } */
/* { dg-final { scan-symbols {GLOBAL DEFAULT UND exported_variable$} } } */
/* { dg-final { scan-symbols-not {klp} } } */
/* { dg-final { scan-sections-not {klpcc} } } */
