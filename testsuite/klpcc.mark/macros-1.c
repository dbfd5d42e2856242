/* SPDX-License-Identifier: GPL-2.0-or-later */
/* klpcc.h: the attributes as macros, beside kernel types of similar names. */
/* { dg-do assemble } */
/* { dg-options "-I%S/../../runtime/include" } */

#include "klpcc.h"
#include "klpcc.h"

struct klp_object {
	struct klp_object *next;
} klp_object;

extern int module_twice(void) klp_object("some_module") klp_sympos(2);
extern int strange(int value) klp_name("strange.isra.0") klp_gate("some_module");
extern int hidden_function(int value) klp_ordinary;
extern int hidden_global(int value) klp_used;

int use(void)
{
	return module_twice() + strange(1) + hidden_function(2) + (klp_object.next != 0);
}

/* { dg-final { scan-symbols {UND module_twice\.klp\.some_module\.2$} } } */
/* { dg-final { scan-symbols {UND strange\.isra\.0\.klp\.vmlinux\.for\.some_module$} } } */
/* { dg-final { scan-symbols {UND hidden_function$} } } */
/* { dg-final { scan-symbols {UND hidden_global\.klp\.vmlinux$} } } */
