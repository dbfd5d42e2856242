/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A variable is marked where it is read, written, and offset into. */
/* { dg-do assemble } */

extern int hidden_variable;
extern long hidden_array[16];

int use(int value)
{
	hidden_variable = value;
	return hidden_array[3];
}

/* { dg-final { scan-relocs {R_X86_64_PC32 0+ hidden_variable\.klp\.vmlinux - 4} { target x86_64-*-* } } } */
/* { dg-final { scan-relocs {hidden_array\.klp\.vmlinux \+ 14} { target x86_64-*-* } } } */
/* { dg-final { scan-relocs { hidden_array\.klp\.vmlinux } } } */
/* { dg-final { scan-relocs-not { hidden_(variable|array) [-+]} } } */
/* { dg-final { same-sections-without-plugin } } */
