/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text after the unit is the same in both of the assembler's dialects. */
/* { dg-do assemble { target x86_64-*-* } } */
/* { dg-options "-masm=intel" } */

extern int strange(int value) __attribute__((klp_name("strange.isra.0")));

int use(int value)
{
	return strange(value) + 1;
}

/* { dg-final { scan-relocs {R_X86_64_PLT32 0+ strange\.isra\.0\.klp\.vmlinux - 4} } } */
/* { dg-final { same-sections-without-plugin } } */
