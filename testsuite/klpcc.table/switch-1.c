/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each kind has its switch. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-no-warn-function -fplugin-arg-klpcc-no-warn-object -fplugin-arg-klpcc-no-warn-coming" } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "another_noe", .new_func = replacement },
	{ .old_name = "twice", .new_func = replacement },
	{ .old_name = "start_it", .new_func = replacement },
	{},
};

static struct klp_func module_funcs[] = {
	{ .old_name = "twofold", .new_func = replacement },
	{},
};

static struct klp_object objs[] = {
	{ .funcs = vmlinux_funcs },
	{ .name = "a_module", .funcs = module_funcs },
	{ .name = "out_of_tree", .funcs = vmlinux_funcs },
	{},
};

ENABLE(objs)
