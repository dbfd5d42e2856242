/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Right for a module that runs, but not while it is loading. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func funcs[] = {
	{ .old_name = "twofold", .new_func = replacement }, /* { dg-warning "23: 'twofold' is not unique while module 'a_module' is loading, as the kernel counts its init functions then, too: it refuses the module when the patch was loaded first \\\[-fplugin-arg-klpcc-no-warn-coming\\\]" } */
	{ .old_name = "threefold", .new_func = replacement, .old_sympos = 2 }, /* { dg-warning "23: '.old_sympos = 2' means another 'threefold' while module 'a_module' is loading" } */
	{},
};

static struct klp_object objs[] = { { .name = "a_module", .funcs = funcs }, {} };

ENABLE(objs)
