/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The number of arguments is GCC's to check. */
/* { dg-do assemble } */

extern int a(void) __attribute__((klp_object)); /* { dg-error "wrong number of arguments specified for 'klp_object' attribute" } */
/* { dg-message "note: expected between 1 and 1, found 0" "a" { target *-*-* } .-1 } */
extern int b(void) __attribute__((klp_name("a", "b"))); /* { dg-error "wrong number of arguments specified for 'klp_name' attribute" } */
/* { dg-message "note: expected between 1 and 1, found 2" "b" { target *-*-* } .-1 } */
extern int c(void) __attribute__((klp_ordinary(1))); /* { dg-error "wrong number of arguments specified for 'klp_ordinary' attribute" } */
/* { dg-message "note: expected between 0 and 0, found 1" "c" { target *-*-* } .-1 } */
