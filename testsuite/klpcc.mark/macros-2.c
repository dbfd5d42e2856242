/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Without the plugin they vanish, and the compiler has nothing to say about them. */
/* { dg-do assemble } */
/* { dg-plugin none } */
/* { dg-options "-Wall -Wextra -I%S/../../runtime/include" } */

#include "klpcc.h"

extern int module_twice(void) klp_object("some_module") klp_sympos(2);
extern int strange(int value) klp_name("strange.isra.0") klp_gate("some_module");
extern int hidden_function(int value) klp_ordinary;
extern int hidden_global(int value) klp_used;

int use(void)
{
	return module_twice() + strange(1) + hidden_function(2);
}

/* { dg-final { scan-symbols {UND module_twice$} } } */
/* { dg-final { scan-symbols-not {klp} } } */
