/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * No typos: names that the author made of the target's, those that differ in more than a letter or
 * two, and short ones. What GCC asks within a scope is too much among all names of a kernel.
 */
/* { dg-do assemble } */

extern int only_here_b(void);
extern int my_only_here(void);
extern int exported_function2(void);
extern int only_haze(void);
extern int only_there_is(void);
extern int twim(void);
extern int exported_funktiom(void); /* { dg-warning "12: the target has no 'exported_funktiom'; did you mean 'exported_function'." } */

int use(void)
{
	return only_here_b() + my_only_here() + exported_function2() + only_haze() +
	       only_there_is() + twim() + exported_funktiom();
}
