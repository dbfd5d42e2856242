/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A function that vmlinux has and does not export is marked where it is called. */
/* { dg-do assemble } */

int hidden_function(int value);

int use(int value)
{
	return hidden_function(value) + 1;
}

/* { dg-final { scan-symbols {NOTYPE WEAK DEFAULT UND hidden_function\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols-not {UND hidden_function$} } } */
/* { dg-final { scan-relocs {R_X86_64_PLT32 0+ hidden_function\.klp\.vmlinux - 4} { target x86_64-*-* } } } */
/* { dg-final { scan-relocs {R_390_(PLT32|PC32)DBL 0+ hidden_function\.klp\.vmlinux \+ 2} { target s390x-*-* } } } */
/* { dg-final { same-sections-without-plugin } } */
