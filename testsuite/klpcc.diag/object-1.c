/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Objects and symbols that the target does not have, by the names that were given. */
/* { dg-do assemble } */

extern int a(void) __attribute__((klp_object("no_such_module"))); /* { dg-error "12: 'klp_object' of 'a' names 'no_such_module', which the target does not have" } */
extern int b(void) __attribute__((klp_gate("no_such_module"))); /* { dg-error "12: 'klp_gate' of 'b' names 'no_such_module', which the target does not have" } */
extern int other_function(void) __attribute__((klp_object("some_module"))); /* { dg-error "12: 'some_module' has no symbol 'other_function'" } */
/* { dg-message "12: note: 'other_module' has a symbol 'other_function'" "elsewhere" { target *-*-* } .-1 } */
extern int c(void) __attribute__((klp_name("nowhere"))); /* { dg-error "12: 'vmlinux' has no symbol 'nowhere'" } */
extern int d(void) __attribute__((klp_object("not_indexed"))); /* { dg-error "12: 'not_indexed' has no symbol 'd'" } */
/* { dg-message "12: note: the index contains no symbols of that object: 'klpcc index --modules' adds them" "not indexed" { target *-*-* } .-1 } */
extern int e(void) __attribute__((klp_sympos(1))); /* { dg-error "12: 'vmlinux' has no symbol 'e'" } */
extern int f(void) __attribute__((klp_gate("some_module"))); /* { dg-error "12: 'vmlinux' has no symbol 'f'" } */
extern int
	other_function(void); /* { dg-bogus "" } */

int use(void)
{
	return a() + b() + other_function() + c() + d() + e() + f();
}
