/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A thread-local variable is never the target's. */
/* { dg-do assemble } */

extern __thread int hidden_variable;

int use(void)
{
	return hidden_variable;
}

/* { dg-final { scan-symbols {TLS GLOBAL DEFAULT UND hidden_variable$} } } */
/* { dg-final { scan-symbols-not {klp} } } */
