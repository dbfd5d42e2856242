/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What vmlinux does not have belongs to a module or to another unit of the patch. A
 * module's symbol is not taken without being asked for.
 */
/* { dg-do assemble } */

extern int in_another_unit(void), module_function(void);

int use(void)
{
	return in_another_unit() + module_function();
}

/* { dg-final { scan-symbols {UND in_another_unit$} } } */
/* { dg-final { scan-symbols {UND module_function$} } } */
/* { dg-final { scan-symbols-not {klp} } } */
