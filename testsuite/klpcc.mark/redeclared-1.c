/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attributes of all declarations of a name add up; the same one twice does no harm. */
/* { dg-do assemble } */

extern int module_twice(void);
extern int module_twice(void) __attribute__((klp_object("some_module")));
extern int module_twice(void) __attribute__((klp_sympos(1), klp_object("some_module")));
extern int module_twice(void);

int use(void)
{
	return module_twice();
}

/* { dg-final { scan-symbols {UND module_twice\.klp\.some_module\.1$} } } */
