/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A name that the unit's own asm text defines is not a reference to the target. */
/* { dg-do assemble } */

extern int hidden_function(int value), hidden_global(int value);

__asm__(".globl hidden_function\nhidden_function:\n\tnop");
__asm__("\tnop\nhidden_global:\n\tnop");

int use(void)
{
	return hidden_function(1) + hidden_global(2);
}

/* { dg-final { scan-symbols {GLOBAL DEFAULT [0-9]+ hidden_function$} } } */
/* { dg-final { scan-symbols {LOCAL DEFAULT [0-9]+ hidden_global$} } } */
/* { dg-final { scan-symbols-not {klp\.vmlinux} } } */
