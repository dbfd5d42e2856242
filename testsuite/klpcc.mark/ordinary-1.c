/* SPDX-License-Identifier: GPL-2.0-or-later */
/* klp_ordinary leaves a name to the module loader; also one that is not unique. */
/* { dg-do assemble } */

extern int hidden_function(int value) __attribute__((klp_ordinary));
extern int twice(void) __attribute__((__klp_ordinary__));

int use(void)
{
	return hidden_function(1) + twice();
}

/* { dg-final { scan-symbols {GLOBAL DEFAULT UND hidden_function$} } } */
/* { dg-final { scan-symbols {GLOBAL DEFAULT UND twice$} } } */
/* { dg-final { scan-symbols-not {klp} } } */
