/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Variables, and what is a function on one side only. */
/* { dg-do assemble } */
struct pair { int left, right; };
extern struct pair an_item; /* { dg-warning "20: 'an_item' is 'struct pair' here, 'struct item' in the target" } */
/* { dg-message "note: the target has 'struct item an_item'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as 'struct pair an_item'" "own" { target *-*-* } .-2 } */
extern long numbers[]; /* { dg-warning "'numbers' has 8 bytes here, 4 bytes in the target" } */
/* { dg-message "note: the target has 'int numbers\\\[4\\\]'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as 'long int numbers\\\[\\\]'" "own" { target *-*-* } .-2 } */
extern int grid[2][4]; /* { dg-warning "'grid' has 32 bytes here, 24 bytes in the target" } */
/* { dg-message "note: the target has 'int grid\\\[\[23\]\\\]\\\[\[23\]\\\]'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as 'int grid\\\[2\\\]\\\[4\\\]'" "own" { target *-*-* } .-2 } */
extern int a_level(void); /* { dg-warning "'a_level' is a function here, a variable in the target" } */
/* { dg-message "note: the target has 'enum level a_level'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as" "own" { target *-*-* } .-2 } */
extern int taken; /* { dg-warning "'taken' is a variable here, a function in the target" } */
/* { dg-message "note: the target has 'int taken\\(int\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as 'int taken'" "own" { target *-*-* } .-2 } */

int use(void)
{
	return an_item.left + (int)numbers[1] + grid[1][1] + a_level() + taken;
}
