/* SPDX-License-Identifier: GPL-2.0-or-later */
/* klp_name gives the target's name where C has another, and is looked up in its place. */
/* { dg-do assemble } */

extern int strange(int value) __attribute__((klp_name("strange.isra.0")));
extern int hidden_function(int value) __attribute__((__klp_name__("hidden_global")));
extern int from_module(void)
	__attribute__((klp_name("module_function"), klp_object("some_module")));

int use(int value)
{
	return strange(value) + hidden_function(value) + from_module();
}

/* { dg-final { scan-symbols {UND strange\.isra\.0\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND hidden_global\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND module_function\.klp\.some_module$} } } */
/* { dg-final { scan-symbols-not {UND hidden_function} } } */
