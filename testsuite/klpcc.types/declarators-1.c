/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Both notes write the same type in the same words. */
/* { dg-do assemble } */
typedef unsigned int number_t;
struct fixed;
extern int declarators(volatile const char *volatile const *a, int (*(*b)(void))[3],
		       void (**c)(const struct fixed *, ...), number_t (*d)[4], int e);
/* { dg-warning "12: 'declarators' has 5 parameters here, 4 in the target" "" { target *-*-* } .-2 } */
/* { dg-message "note: the target has 'int declarators\\(const volatile char \\*const volatile \\*, int \\(\\*\\(\\*\\)\\(void\\)\\)\\\[3\\\], void \\(\\*\\*\\)\\(const struct fixed \\*, \\.\\.\\.\\), number_t \\(\\*\\)\\\[4\\\]\\)'" "target" { target *-*-* } .-3 } */
/* { dg-message "note: declared here as 'int declarators\\(const volatile char \\*const volatile \\*, int \\(\\*\\(\\*\\)\\(void\\)\\)\\\[3\\\], void \\(\\*\\*\\)\\(const struct fixed \\*, \\.\\.\\.\\), number_t \\(\\*\\)\\\[4\\\], int\\)'" "own" { target *-*-* } .-4 } */

int use(void)
{
	return declarators(0, 0, 0, 0, 0);
}
