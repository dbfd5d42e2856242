/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that are marks or final names already stay as they are. */
/* { dg-do assemble } */

extern void foreign(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.hidden_function,0\"");
extern void mark(void) __asm__("hidden_global.klp.vmlinux");

void use(void)
{
	foreign();
	mark();
}

/* { dg-final { scan-symbols {GLOBAL DEFAULT UND \.klp\.sym\.rela\.vmlinux\.vmlinux\.hidden_function,0$} } } */
/* { dg-final { scan-symbols {GLOBAL DEFAULT UND hidden_global\.klp\.vmlinux$} } } */
/* { dg-final { scan-sections-not {klpcc} } } */
