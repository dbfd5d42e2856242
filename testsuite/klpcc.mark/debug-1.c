/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Debug information, unoptimized code and profiling calls do not mind. */
/* { dg-do assemble } */
/* { dg-options "-O0 -g -pg" } */

extern void hidden_die(int value) __attribute__((noreturn));
extern int hidden_variable;
int hidden_function(int value);

int use(int value)
{
	if (value)
		hidden_die(value);
	return hidden_function(hidden_variable);
}

/* { dg-final { scan-symbols {UND hidden_die\.klp\.vmlinux$} } } */
/* { dg-final { scan-relocs-not { hidden_(die|variable|function) [-+]} } } */
/* { dg-final { same-sections-without-plugin } } */
