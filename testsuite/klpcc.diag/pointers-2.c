/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nor in code for x32, whose file format is another. */
/* { dg-do compile { target x86_64-*-* } } */
/* { dg-options "-mx32 -mcmodel=small" } */

extern int hidden_function(int);

int use(void)
{
	return hidden_function(1); /* { dg-error "16: code with 32-bit pointers cannot use 'hidden_function' of the target; compile with '-m64'" } */
}
