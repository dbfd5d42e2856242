// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions of each kind, for the report. */
#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "only_here", .new_func = replacement },
	{ .old_name = "twice", .new_func = replacement },
	{ .old_name = "twice", .new_func = replacement, .old_sympos = 3 },
	{ .old_name = "start_it", .new_func = replacement },
	{},
};

static struct klp_func module_funcs[] = {
	{ .old_name = "in_module", .new_func = replacement },
	{ .old_name = "untraced", .new_func = replacement },
	{ .old_name = "twofold", .new_func = replacement },
	{ .old_name = "nothing", .new_func = replacement },
	{},
};

static struct klp_func tree_funcs[] = { { "gone", replacement }, {} };

static struct klp_object objs[] = {
	{ .funcs = vmlinux_funcs },
	{ .name = "a_module", .funcs = module_funcs },
	{ .name = "out_of_tree", .funcs = tree_funcs },
	{},
};

ENABLE(objs)
