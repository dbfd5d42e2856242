/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attributes that contradict each other, in one declaration and across several. */
/* { dg-do assemble } */

extern int twice(void) __attribute__((klp_sympos(1))); /* { dg-message "12: note: the other argument is here" } */
extern int twice(void) __attribute__((klp_sympos(2))); /* { dg-error "12: 'klp_sympos' attribute of 'twice' given with different arguments" } */
extern int a(void) __attribute__((klp_object("some_module"), klp_object("vmlinux"))); /* { dg-error "12: 'klp_object' attribute of 'a' given with different arguments" } */
/* { dg-message "12: note: the other argument is here" "a" { target *-*-* } .-1 } */
extern int b(void) __attribute__((klp_ordinary)); /* { dg-error "12: 'klp_ordinary' and 'klp_object' attributes of 'b' contradict each other" } */
extern int b(void) __attribute__((klp_object("some_module"))); /* { dg-message "12: note: 'klp_object' is given here" } */
extern int c(void) __attribute__((klp_ordinary, klp_gate("some_module"))); /* { dg-error "12: 'klp_ordinary' and 'klp_gate' attributes of 'c' contradict each other" } */
extern int d(void) __attribute__((klp_ordinary, klp_name("x"))); /* { dg-error "12: 'klp_ordinary' and 'klp_name' attributes of 'd' contradict" } */
extern int e(void) __attribute__((klp_ordinary, klp_sympos(0))); /* { dg-error "12: 'klp_ordinary' and 'klp_sympos' attributes of 'e' contradict" } */
extern int unused(void) __attribute__((klp_ordinary, klp_sympos(0)));
extern int g(void) __attribute__((klp_used, klp_ordinary, klp_sympos(0))); /* { dg-error "12: .klp_ordinary. and .klp_sympos. attributes of .g. contradict" } */
extern int h(void) __attribute__((klp_used, klp_ordinary, klp_sympos(0))); /* { dg-error "12: .klp_ordinary. and .klp_sympos. attributes of .h. contradict" } */
extern int h(void);

int use(void)
{
	return twice() + a() + b() + c() + d() + e() + g();
}
