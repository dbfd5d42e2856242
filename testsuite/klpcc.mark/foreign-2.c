/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What KLP_RELOC_SYMBOL of existing sources says becomes a mark, as if attributes had said it. */
/* { dg-do assemble } */

extern int call(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.hidden_function,0\"");
extern int second(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.twice,2\"");
extern int exported(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.exported_function,0\"");
extern int module(void) __asm__("\".klp.sym.rela.some_module.some_module.module_function,0\"");
extern int gated(void) __asm__("\".klp.sym.rela.other_module.vmlinux.hidden_global,1\"");
extern int variable __asm__("\".klp.sym.rela.vmlinux.vmlinux.hidden_variable,0\"");
extern int unused(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.no_such,0\"");
extern int natural(void) __asm__("hidden_function");

int *data = &variable;

int use(void)
{
	return call() + second() + exported() + module() + gated() + natural();
}

/* { dg-final { scan-symbols {WEAK DEFAULT UND hidden_function\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {WEAK DEFAULT UND twice\.klp\.vmlinux\.2$} } } */
/* { dg-final { scan-symbols {WEAK DEFAULT UND exported_function\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {WEAK DEFAULT UND module_function\.klp\.some_module$} } } */
/* { dg-final { scan-symbols {WEAK DEFAULT UND hidden_global\.klp\.vmlinux\.for\.other_module$} } } */
/* { dg-final { scan-symbols {WEAK DEFAULT UND hidden_variable\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols-not {\.klp\.sym|no_such} } } */
/* { dg-final { same-sections-without-plugin } } */
