/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an asm label of KLP_RELOC_SYMBOL says is checked as an attribute is. */
/* { dg-do assemble } */

extern int a(void) __asm__("\".klp.sym.rela.no_gate.vmlinux.hidden_function,0\""); /* { dg-error "12: the assembler name of 'a' names 'no_gate', which the target does not have" } */
extern int b(void) __asm__("\".klp.sym.rela.no_module.no_module.hidden_function,0\""); /* { dg-error "12: the assembler name of 'b' names 'no_module', which the target does not have" } */
extern int c(void) __asm__("\".klp.sym.rela.some_module.some_module.other_function,0\""); /* { dg-error "12: 'some_module' has no symbol 'other_function'" } */
/* { dg-message "12: note: 'other_module' has a symbol 'other_function'" "elsewhere" { target *-*-* } .-1 } */
extern int d(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.twice,0\""); /* { dg-error "12: 'twice' is not unique: 'vmlinux' has 2 symbols of that name" } */
/* { dg-message "12: note: ',1' at the end of the name for the one at 0xffffffff81000500, type t" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: ',2' at the end of the name for the one at 0xffffffff81000600, type t" "second" { target *-*-* } .-2 } */
extern int e(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.hidden_function,2\""); /* { dg-error "12: there is no 'hidden_function' at position 2: 'vmlinux' has 1 of that name" } */
extern int f(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux.init_function,0\""); /* { dg-error "12: 'init_function' of 'vmlinux' is in init memory" } */

int use(void)
{
	return a() + b() + c() + d() + e() + f();
}
