/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A mark in 32-bit code ends the compiler: the assembler has no relocations for its records. */
/* { dg-do compile { target x86_64-*-* } } */
/* { dg-options "-m32 -mcmodel=32" } */

extern int hidden_function(int);

int use(void)
{
	return hidden_function(1); /* { dg-error "16: code with 32-bit pointers cannot use 'hidden_function' of the target; compile with '-m64'" } */
}
