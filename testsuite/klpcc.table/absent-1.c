/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions that the object does not have, and what it has instead. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "another_noe", .new_func = replacement }, /* { dg-error "23: 'vmlinux' has no function 'another_noe' to replace; did you mean 'another_one'. \\\[-fplugin-arg-klpcc-error-function\\\]" } */
	{ .old_name = "nothing_like_it", .new_func = replacement }, /* { dg-error "23: 'vmlinux' has no function 'nothing_like_it' to replace \\\[" } */
	{ .old_name = "inlined", .new_func = replacement }, /* { dg-error "23: 'vmlinux' has no function 'inlined' to replace, only variants that GCC derived from it: it was inlined, or its parameters changed; replace its callers" } */
	/* { dg-message "23: note: the target has 'inlined.cold'" "cold" { target *-*-* } .-1 } */
	/* { dg-message "23: note: the target has 'inlined.constprop.0'" "constprop" { target *-*-* } .-2 } */
	{ .old_name = "in_module", .new_func = replacement }, /* { dg-error "23: 'vmlinux' has no function 'in_module' to replace \\\[" } */
	/* { dg-message "23: note: 'a_module' has a symbol 'in_module'" "module" { target *-*-* } .-1 } */
	{},
};

/* Names of vmlinux are not near those of a module. */
static struct klp_func module_funcs[] = {
	{ .old_name = "only_here", .new_func = replacement }, /* { dg-error "23: 'a_module' has no function 'only_here' to replace \\\[" } */
	/* { dg-message "23: note: 'vmlinux' has a symbol 'only_here'" "vmlinux" { target *-*-* } .-1 } */
	{ .old_name = "another_noe", .new_func = replacement }, /* { dg-error "23: 'a_module' has no function 'another_noe' to replace \\\[" } */
	{ .old_name = "inlined", .new_func = replacement }, /* { dg-error "23: 'a_module' has no function 'inlined' to replace \\\[" } */
	{},
};

static struct klp_object objs[] = {
	{ .funcs = vmlinux_funcs },
	{ .name = "a_module", .funcs = &module_funcs[0] },
	{},
};

ENABLE(objs)
