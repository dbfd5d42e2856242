/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In an assembler name of KLP_RELOC_SYMBOL: the object that is meant. */
/* { dg-do assemble } */

extern int g(void) __asm__("\".klp.sym.rela.some-module.some-module.module_function,0\""); /* { dg-error "12: assembler name '.klp.sym.rela.some-module.some-module.module_function,0' of 'g': the gate is empty, misspelt, repeated or superfluous; did you mean 'some_module'." } */
extern int h(void) __asm__("\".klp.sym.rela.vmlinux.some-module.module_function,0\""); /* { dg-error "12: assembler name '.klp.sym.rela.vmlinux.some-module.module_function,0' of 'h': the object contains a character outside .A-Za-z0-9_. or is ambiguous here; did you mean 'some_module'." } */

int use(void)
{
	return g() + h();
}
