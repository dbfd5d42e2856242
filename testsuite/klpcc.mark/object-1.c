/* SPDX-License-Identifier: GPL-2.0-or-later */
/* klp_object takes the symbol from a module, also when vmlinux has one of that name. */
/* { dg-do assemble } */
/* { dg-options "-std=gnu2x" } */

extern int module_function(void) __attribute__((klp_object("some_module")));
extern int shared_name(void) __attribute__((__klp_object__("some"
							   "_module")));
[[gnu::klp_object("other_module")]] extern int other_function(void);

int use(void)
{
	return module_function() + shared_name() + other_function();
}

/* { dg-final { scan-symbols {UND module_function\.klp\.some_module$} } } */
/* { dg-final { scan-symbols {UND shared_name\.klp\.some_module$} } } */
/* { dg-final { scan-symbols {UND other_function\.klp\.other_module$} } } */
