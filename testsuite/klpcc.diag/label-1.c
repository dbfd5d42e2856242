/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of several, in the words that the source has for it: the macros of linux/livepatch.h. */
/* { dg-do assemble } */

#define KLP_RELOC_SYMBOL_POS(LP_OBJ_NAME, SYM_OBJ_NAME, SYM_NAME, SYM_POS) \
	__asm__("\".klp.sym.rela." #LP_OBJ_NAME "." #SYM_OBJ_NAME "." #SYM_NAME "," #SYM_POS "\"")
#define KLP_RELOC_SYMBOL(LP_OBJ_NAME, SYM_OBJ_NAME, SYM_NAME) \
	KLP_RELOC_SYMBOL_POS(LP_OBJ_NAME, SYM_OBJ_NAME, SYM_NAME, 0)

extern int a(void) KLP_RELOC_SYMBOL(some_module, vmlinux, twice); /* { dg-error "12: 'twice' is not unique: 'vmlinux' has 2 symbols of that name" } */
/* { dg-message "12: note: 'KLP_RELOC_SYMBOL_POS\\(some_module, vmlinux, twice, 1\\)' for the one at 0xffffffff81000500, type t" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: 'KLP_RELOC_SYMBOL_POS\\(some_module, vmlinux, twice, 2\\)' for the one at 0xffffffff81000600, type t" "second" { target *-*-* } .-2 } */
extern int b(void) KLP_RELOC_SYMBOL_POS(some_module, some_module, module_twice, 3); /* { dg-error "12: there is no 'module_twice' at position 3: 'some_module' has 2 of that name" } */
/* { dg-message "12: note: 'KLP_RELOC_SYMBOL_POS\\(some_module, some_module, module_twice, 1\\)' for the one in module some_module" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: 'KLP_RELOC_SYMBOL_POS\\(some_module, some_module, module_twice, 2\\)' for the one in module some_module" "second" { target *-*-* } .-2 } */

int use(void)
{
	return a() + b();
}
