/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The number of parameters, once for a symbol, and only for one that is used. */
/* { dg-do assemble } */
struct item;
extern int two(struct item *item); /* { dg-warning "12: 'two' has 1 parameter here, 2 in the target \\\[-fplugin-arg-klpcc-no-warn-type\\\]" } */
/* { dg-message "12: note: the target has 'int two\\(struct item \\*, long unsigned int\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "12: note: declared here as 'int two\\(struct item \\*\\)'" "own" { target *-*-* } .-2 } */
extern int none(int a, int b); /* { dg-warning "12: 'none' has 2 parameters here, 0 in the target" } */
/* { dg-message "12: note: the target has 'void none\\(void\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "12: note: declared here as 'int none\\(int, int\\)'" "own" { target *-*-* } .-2 } */
extern int taken(void);             /* not used */
extern int exported_function(void); /* { dg-warning "12: 'exported_function' has 0 parameters here, 1 in the target" } */
/* { dg-message "note: the target has 'int exported_function\\(int\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as 'int exported_function\\(void\\)'" "own" { target *-*-* } .-2 } */

int use(struct item *item)
{
	return two(item) + two(0) + none(1, 2) + exported_function();
}

int again(struct item *item)
{
	return two(item);
}
