/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's inline functions compare with the bounds of init memory: addresses only. */
/* { dg-do assemble } */

extern char __init_begin[], __init_end[];

int use(char *address)
{
	return address >= __init_begin && address < __init_end;
}

/* { dg-final { scan-symbols {UND __init_begin\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND __init_end\.klp\.vmlinux$} } } */
