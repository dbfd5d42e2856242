/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The name that counts is the one that the assembler sees. */
/* { dg-do assemble } */

extern int hidden_function(void) __asm__("not_in_the_target");
extern int local_name(int value) __asm__("hidden_global");
extern int first(void) __asm__("exported_function");
extern int second(void) __asm__("exported_function")
	__attribute__((klp_object("vmlinux")));

int use(void)
{
	return hidden_function() + local_name(1) + first() + second();
}

/* { dg-final { scan-symbols {UND not_in_the_target$} } } */
/* { dg-final { scan-symbols {UND hidden_global\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND exported_function\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols-not {UND exported_function$} } } */
