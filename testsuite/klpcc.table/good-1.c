/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A table that is right. What follows the end of one is not read by the kernel. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

#define NULL ((void *)0)

static int replacement(void)
{
	return 1;
}

static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "only_here", .new_func = replacement },
	{ .old_name = "another_one", .new_func = replacement, .old_sympos = 1 },
	{ .old_name = "twice", .new_func = replacement, .old_sympos = 1 },
	{ .old_name = "twice", .new_func = replacement, .old_sympos = 2 },
	{},
	{ .old_name = "after_the_end", .new_func = replacement },
};

static struct klp_func module_funcs[] = {
	{ .old_name = "in_module", .new_func = replacement },
	{ .old_name = "both_times", .new_func = replacement, .old_sympos = 2 },
	{},
};

static struct klp_func kvm_funcs[] = { { "in_kvm", replacement }, { NULL, NULL, 0 } };

/* The second one is empty, as it is passed over. */
static struct klp_func passed_over[] = {
	[0] = { "only_here", replacement },
	[2] = { "after_the_end", replacement },
};

static struct klp_object objs[] = {
	{ .funcs = &vmlinux_funcs[0] },
	{ .name = "a_module", .funcs = module_funcs },
	{ .name = "kvm_intel", .funcs = kvm_funcs },
	{ .funcs = passed_over },
	{ .name = NULL, .funcs = NULL },
	{ .name = "kvm-amd", .funcs = kvm_funcs },
};

ENABLE(objs)
