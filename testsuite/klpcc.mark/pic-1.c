/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Position-independent code keeps its own kinds of relocation. */
/* { dg-do assemble } */
/* { dg-options "-fPIC -mcmodel=small" { target x86_64-*-* } } */

extern int hidden_variable;
int hidden_function(int value);

int use(int value)
{
	return hidden_function(value) + hidden_variable;
}

/* { dg-final { scan-relocs {(REX_GOTPCRELX|GOTENT) 0+ hidden_variable\.klp\.vmlinux} } } */
/* { dg-final { scan-relocs {(PLT32|PLT32DBL) 0+ hidden_function\.klp\.vmlinux} } } */
/* { dg-final { same-sections-without-plugin } } */
