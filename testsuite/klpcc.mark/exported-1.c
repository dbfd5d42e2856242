/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What vmlinux exports stays for the module loader. */
/* { dg-do assemble } */

extern int exported_function(void);
extern int exported_variable;

int use(void)
{
	return exported_function() + exported_variable;
}

/* { dg-final { scan-symbols {GLOBAL DEFAULT UND exported_function$} } } */
/* { dg-final { scan-symbols {GLOBAL DEFAULT UND exported_variable$} } } */
/* { dg-final { scan-symbols-not {\.klp\.} } } */
/* { dg-final { scan-sections-not {klpcc\.(refs|strings|objects)} } } */
