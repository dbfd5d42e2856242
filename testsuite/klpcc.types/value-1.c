/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sizes, returned types, variable arguments, a struct by value. */
/* { dg-do assemble } */
struct item;
extern int two(struct item *item, char n); /* { dg-warning "parameter 2 of 'two' has 1 byte here, 8 bytes in the target" } */
/* { dg-message "note: the target has" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as 'int two\\(struct item \\*, char\\)'" "own" { target *-*-* } .-2 } */
extern int none(void); /* { dg-warning "the return type of 'none' is 'int' here, 'void' in the target" } */
/* { dg-message "note: the target has 'void none\\(void\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as 'int none\\(void\\)'" "own" { target *-*-* } .-2 } */
extern int variadic(const char *format); /* { dg-warning "'variadic' takes variable arguments in the target, but not here" } */
/* { dg-message "note: the target has 'int variadic\\(const char \\*, ...\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as" "own" { target *-*-* } .-2 } */
extern int taken(int a, ...); /* { dg-warning "'taken' takes variable arguments here, but not in the target" } */
/* { dg-message "note: the target has" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as 'int taken\\(int, ...\\)'" "own" { target *-*-* } .-2 } */
extern long by_value(long pair); /* { dg-warning "parameter 1 of 'by_value' is 'long int' here, 'struct pair' in the target" } */
/* { dg-message "note: the target has 'struct pair by_value\\(struct pair\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as" "own" { target *-*-* } .-2 } */

int use(void)
{
	return two(0, 1) + none() + variadic("") + taken(1, 2) + (int)by_value(1);
}
