/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a pointer points to. */
/* { dg-do assemble } */
struct other;
struct item;
extern int two(struct other *item, unsigned long n); /* { dg-warning "12: parameter 1 of 'two' is 'struct other \\*' here, 'struct item \\*' in the target" } */
/* { dg-message "note: the target has 'int two\\(struct item \\*, long unsigned int\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as 'int two\\(struct other \\*, long unsigned int\\)'" "own" { target *-*-* } .-2 } */
extern int with_callback(int (*call)(struct item *), void *data); /* { dg-warning "parameter 1 of 'with_callback' is 'int \\(\\*\\)\\(struct item \\*\\)' here, 'int \\(\\*\\)\\(struct item \\*, int\\)' in the target" } */
/* { dg-message "note: the target has" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as" "own" { target *-*-* } .-2 } */
extern char *text_of(struct either *either, long (*table)[4]); /* { dg-warning "parameter 1 of 'text_of' is 'struct either \\*' here, 'const union either \\*' in the target" } */
/* { dg-message "note: the target has" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as" "own" { target *-*-* } .-2 } */
/* { dg-warning "declared inside parameter list" "GCC's own" { target *-*-* } .-3 } */

int use(void)
{
	return two(0, 1) + with_callback(0, 0) + *text_of(0, 0);
}
