/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What vmlinux does not have belongs to a module or to another unit of the patch. A
 * module's symbol is not taken without being asked for; and what a header of the patch declares is
 * not looked for elsewhere.
 */
/* { dg-do assemble } */
/* { dg-additional-files "absent-1.h" } */

#include "absent-1.h"

int use(void)
{
	return in_another_unit() + module_function();
}

/* { dg-final { scan-symbols {UND in_another_unit$} } } */
/* { dg-final { scan-symbols {UND module_function$} } } */
/* { dg-final { scan-symbols-not {klp} } } */
