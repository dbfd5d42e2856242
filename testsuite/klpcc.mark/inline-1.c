/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The body of an extern inline function is for inlining only: the address is the target's. */
/* { dg-do assemble } */

extern inline __attribute__((gnu_inline)) int hidden_function(int value)
{
	return value + 1;
}

extern inline __attribute__((gnu_inline)) int hidden_global(int value)
{
	return value + 2;
}

int (*pointer)(int) = hidden_function;

int use(int value)
{
	return hidden_global(value);
}

/* { dg-final { scan-relocs {R_(X86_64|390)_64 0+ hidden_function\.klp\.vmlinux} } } */
/* { dg-final { scan-symbols-not {UND hidden_global} } } */
/* { dg-final { same-sections-without-plugin } } */
