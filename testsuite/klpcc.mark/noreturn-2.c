/* SPDX-License-Identifier: GPL-2.0-or-later */
/* There is no objtool for s390. */
/* { dg-do assemble { target s390x-*-* } } */

extern void hidden_die(int value) __attribute__((noreturn));

void last(int value)
{
	hidden_die(value);
}

/* { dg-final { scan-symbols {UND hidden_die\.klp\.vmlinux$} } } */
/* { dg-final { scan-sections-not {discard} } } */
/* { dg-final { same-sections-without-plugin } } */
