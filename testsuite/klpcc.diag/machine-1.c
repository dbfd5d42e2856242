/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A mark in code that cannot reach vmlinux ends the compiler; see machine-4.c. */
/* { dg-do compile { target s390x-*-* } } */
/* { dg-options "-fno-pic -mpic-data-is-text-relative" } */

extern int hidden_function(int);

int use(void)
{
	return hidden_function(1); /* { dg-error "16: code that is compiled without '-fPIC' cannot reach 'hidden_function' of the target; klpcc.mk adds the options that this machine needs, and 'klpcc cflags' prints them" } */
}
