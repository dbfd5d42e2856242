/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Positions choose among equal names; for a unique one 0 and 1 are the same. */
/* { dg-do assemble } */

enum { FIRST = 1 };

extern int a(void) __attribute__((klp_name("twice"), klp_sympos(FIRST)));
extern int twice(void) __attribute__((__klp_sympos__(1 + 1)));
extern int b(void) __attribute__((klp_name("module_twice"), klp_object("some_module"),
				  klp_sympos(2)));
extern int hidden_function(int value) __attribute__((klp_sympos(1)));
extern int hidden_global(int value) __attribute__((klp_sympos(0)));

int use(void)
{
	return a() + twice() + b() + hidden_function(1) + hidden_global(1);
}

/* { dg-final { scan-symbols {UND twice\.klp\.vmlinux\.1$} } } */
/* { dg-final { scan-symbols {UND twice\.klp\.vmlinux\.2$} } } */
/* { dg-final { scan-symbols {UND module_twice\.klp\.some_module\.2$} } } */
/* { dg-final { scan-symbols {UND hidden_function\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND hidden_global\.klp\.vmlinux$} } } */
