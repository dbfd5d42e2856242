/* SPDX-License-Identifier: GPL-2.0-or-later */
/* -fpic is not enough: it takes the GOT for one that 12 bits reach; see machine-1.c. */
/* { dg-do compile { target s390x-*-* } } */
/* { dg-options "-fpic" } */

extern int hidden_function(int);

int use(void)
{
	return hidden_function(1); /* { dg-error "16: code that is compiled without '-fPIC' cannot reach 'hidden_function' of the target; klpcc.mk adds the options that this machine needs, and 'klpcc cflags' prints them" } */
}
