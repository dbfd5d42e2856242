/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A mark or a final name in an asm label stays as it is: it says all that there is to say. */
/* { dg-do assemble } */

extern void mark(void) __asm__("hidden_global.klp.vmlinux");
extern void final(void) __asm__("\".klp.sym.vmlinux.hidden_global,0\"");

void use(void)
{
	mark();
	final();
}

/* { dg-final { scan-symbols {GLOBAL DEFAULT UND hidden_global\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {GLOBAL DEFAULT UND \.klp\.sym\.vmlinux\.hidden_global,0$} } } */
/* { dg-final { scan-sections-not {klpcc} } } */
