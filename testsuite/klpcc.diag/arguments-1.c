/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Malformed arguments are errors at once, used or not. */
/* { dg-do assemble } */

#define LONG_16 "0123456789abcdef"
#define LONG_64 LONG_16 LONG_16 LONG_16 LONG_16
#define LONG_512 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64 LONG_64

extern int a(void) __attribute__((klp_object(5))); /* { dg-error "12: 'klp_object' attribute argument is not a string constant" } */
extern int b(void) __attribute__((klp_gate(L"wide"))); /* { dg-error "12: 'klp_gate' attribute argument is not a string constant" } */
extern int c(void) __attribute__((klp_name("a\0b"))); /* { dg-error "12: 'klp_name' attribute argument is not a string constant" } */
extern int d(void) __attribute__((klp_object("a.b"))); /* { dg-error "12: 'klp_object' attribute argument 'a.b': the object contains a character" } */
extern int e(void) __attribute__((klp_gate(""))); /* { dg-error "12: 'klp_gate' attribute argument '': the object is empty" } */
extern int f(void) __attribute__((klp_object(LONG_64))); /* { dg-error "12: 'klp_object' attribute argument '0123456789abcdef.*': the object is longer" } */
extern int g(void) __attribute__((klp_name("a b"))); /* { dg-error "12: 'klp_name' attribute argument 'a b': the symbol contains a character" } */
extern int h(void) __attribute__((klp_name(""))); /* { dg-error "12: 'klp_name' attribute argument '': the symbol is empty" } */
extern int i(void) __attribute__((klp_name(LONG_512))); /* { dg-error "12: 'klp_name' attribute argument '0123456789abcdef.*': the symbol is longer" } */
extern int j(void) __attribute__((klp_sympos(-1))); /* { dg-error "12: 'klp_sympos' attribute argument is not an integer constant from 0 to 4294967295" } */
extern int k(void) __attribute__((klp_sympos(4294967296))); /* { dg-error "12: 'klp_sympos' attribute argument is not an integer constant" } */
extern int l(void) __attribute__((klp_sympos("1"))); /* { dg-error "12: 'klp_sympos' attribute argument is not an integer constant" } */
extern int m(void) __attribute__((klp_sympos(1.0))); /* { dg-error "12: 'klp_sympos' attribute argument is not an integer constant" } */
extern int n(void) __attribute__((klp_sympos(a))); /* { dg-error "12: 'klp_sympos' attribute argument is not an integer constant" } */
extern int o(void) __attribute__((klp_object(a))); /* { dg-error "12: 'klp_object' attribute argument is not a string constant" } */
