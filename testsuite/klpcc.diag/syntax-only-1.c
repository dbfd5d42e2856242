/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Syntax alone is checked without asking what is used. */
/* { dg-do compile } */
/* { dg-options "-fsyntax-only" } */

extern int twice(void);
extern int hidden_function(int value) __attribute__((klp_sympos("1"))); /* { dg-error "12: 'klp_sympos' attribute argument" } */

int use(void)
{
	return twice() + hidden_function(1);
}
