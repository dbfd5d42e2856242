/* SPDX-License-Identifier: GPL-2.0-or-later */
/* klp_gate is part of the mark unless it is the symbol's own object. */
/* { dg-do assemble } */

extern int hidden_function(int value) __attribute__((klp_gate("some_module")));
extern int module_function(void)
	__attribute__((klp_object("some_module"), __klp_gate__("other_module")));
extern int other_function(void)
	__attribute__((klp_object("other_module"), klp_gate("other_module")));

int use(void)
{
	return hidden_function(1) + module_function() + other_function();
}

/* { dg-final { scan-symbols {UND hidden_function\.klp\.vmlinux\.for\.some_module$} } } */
/* { dg-final { scan-symbols {UND module_function\.klp\.some_module\.for\.other_module$} } } */
/* { dg-final { scan-symbols {UND other_function\.klp\.other_module$} } } */
