/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The target's name counts; of two symbols of a name it is not known which one BTF describes. */
/* { dg-do assemble } */
extern int another(void) __attribute__((klp_name("taken"))); /* { dg-warning "12: 'another' has 0 parameters here, 1 in the target" } */
/* { dg-message "note: the target has 'int taken\\(int\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as 'int taken\\(void\\)'" "own" { target *-*-* } .-2 } */
extern int labelled(void) __asm__("two"); /* { dg-warning "12: 'labelled' has 0 parameters here, 2 in the target" } */
/* { dg-message "note: the target has" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as" "own" { target *-*-* } .-2 } */
extern long twice(long a, long b) __attribute__((klp_sympos(2)));
extern int exported_function(void) __attribute__((klp_object("vmlinux"))); /* { dg-warning "12: 'exported_function' has 0 parameters here, 1 in the target" } */
/* { dg-message "note: the target has" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as" "own" { target *-*-* } .-2 } */

int use(void)
{
	return another() + labelled() + (int)twice(1, 2) + exported_function();
}
