/* SPDX-License-Identifier: GPL-2.0-or-later */
/* In another case: it could be a name, but the target has no such object. */
/* { dg-do assemble } */

extern int d(void) __attribute__((klp_object("Some_Module"))); /* { dg-error "12: 'klp_object' of 'd' names 'Some_Module', which the target does not have; did you mean 'some_module'." } */
extern int e(void) __attribute__((klp_gate("SOME_MODULE"))); /* { dg-error "12: 'klp_gate' of 'e' names 'SOME_MODULE', which the target does not have; did you mean 'some_module'." } */
extern int i(void) __asm__("\".klp.sym.rela.SOME_MODULE.SOME_MODULE.module_function,0\""); /* { dg-error "12: the assembler name of 'i' names 'SOME_MODULE', which the target does not have; did you mean 'some_module'." } */

int use(void)
{
	return d() + e() + i();
}
