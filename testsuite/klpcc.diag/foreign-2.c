/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An asm label of KLP_RELOC_SYMBOL that is malformed, or that is not alone. */
/* { dg-do assemble } */

extern int a(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.hidden_function,x\""); /* { dg-error "12: assembler name '.klp.sym.rela.vmlinux.vmlinux.hidden_function,x' of 'a': the position is not a plain decimal number" } */
extern int b(void) __asm__("\".klp.sym.rela.vmlinux.hidden_function,0\""); /* { dg-error "12: assembler name '.klp.sym.rela.vmlinux.hidden_function,0' of 'b': the symbol is empty" } */
extern int c(void) __asm__("\".klp.sym.rela.some-module.vmlinux.hidden_function,0\""); /* { dg-error "12: assembler name '.klp.sym.rela.some-module.vmlinux.hidden_function,0' of 'c': the gate is" } */
extern int d(void) __asm__(".klp.sym.rela.vmlinux.vmlinux.hidden_function,0"); /* { dg-error "12: assembler name '.klp.sym.rela.vmlinux.vmlinux.hidden_function,0' of 'd' needs quotes inside" } */
extern int e(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.twice,1\"") __attribute__((klp_sympos(2))); /* { dg-error "12: 'klp_sympos' attribute of 'e' is not allowed: its assembler name already chooses a symbol" } */
extern int f(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.twice,2\"") __attribute__((klp_ordinary)); /* { dg-error "12: 'klp_ordinary' attribute of 'f' is not allowed" } */

int use(void)
{
	return a() + b() + c() + d() + e() + f();
}
