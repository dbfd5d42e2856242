/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A macro that has no place for a position. */
/* { dg-do assemble } */

#define KLP_RELOC_SYMBOL(LP_OBJ_NAME, SYM_OBJ_NAME, SYM_NAME) \
	__asm__("\".klp.sym.rela." #LP_OBJ_NAME "." #SYM_OBJ_NAME "." #SYM_NAME ",0\"")

extern int a(void) KLP_RELOC_SYMBOL(vmlinux, vmlinux, twice); /* { dg-error "12: 'twice' is not unique: 'vmlinux' has 2 symbols of that name" } */
/* { dg-message "12: note: a macro that ends the name with ',1', where 'KLP_RELOC_SYMBOL' has ',0', for the one at 0xffffffff81000500, type t" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: a macro that ends the name with ',2', where 'KLP_RELOC_SYMBOL' has ',0', for the one at 0xffffffff81000600, type t" "second" { target *-*-* } .-2 } */

int use(void)
{
	return a();
}
