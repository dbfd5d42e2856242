/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The address of a function, in code and in an initialiser, is that of the mark. */
/* { dg-do assemble } */

int hidden_function(int value);

int (*pointer)(int) = hidden_function;

void *address(void)
{
	return hidden_function;
}

/* { dg-final { scan-relocs {^Relocation section '\.rela\.data(\.rel)?' .*\n.*\n.* R_(X86_64|390)_64 0+ hidden_function\.klp\.vmlinux \+ 0$} } } */
/* { dg-final { scan-relocs-not { hidden_function [-+]} } } */
/* { dg-final { same-sections-without-plugin } } */
