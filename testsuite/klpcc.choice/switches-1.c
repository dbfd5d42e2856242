/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -Werror makes errors of the plugin's warnings as of all others. */
/* { dg-do assemble } */
/* { dg-options "-Werror" } */
/* { dg-message "all warnings being treated as errors" "" { target *-*-* } 0 } */

extern int only_heer(void); /* { dg-error "12: the target has no 'only_heer'; did you mean 'only_here'" } */

int use(void)
{
	return only_heer();
}
