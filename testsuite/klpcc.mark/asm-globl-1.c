/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Directives of asm text about a marked name do no harm. */
/* { dg-do assemble } */

extern int hidden_function(int value), hidden_global(int value);

__asm__(".globl hidden_function\n\t.type hidden_global, @function");

int use(void)
{
	return hidden_function(1) + hidden_global(2);
}

/* { dg-final { scan-symbols {UND hidden_function\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {NOTYPE WEAK DEFAULT UND hidden_global\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols-not {UND hidden_(function|global)$} } } */
