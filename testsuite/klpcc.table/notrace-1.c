/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What ftrace cannot redirect. The index does not know it of vmlinux, which is text. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "only_here", .new_func = replacement },
	{},
};

static struct klp_func module_funcs[] = {
	{ .old_name = "untraced", .new_func = replacement }, /* { dg-error "23: 'untraced' of 'a_module' cannot be replaced: it does not begin with a call that ftrace can redirect, because it is notrace, or assembler code; replace its callers \\\[-fplugin-arg-klpcc-error-function\\\]" } */
	{ .old_name = "in_module", .new_func = replacement },
	{},
};

static struct klp_object objs[] = {
	{ .funcs = vmlinux_funcs },
	{ .name = "a_module", .funcs = module_funcs },
	{},
};

ENABLE(objs)
