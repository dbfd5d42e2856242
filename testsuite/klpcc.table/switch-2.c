/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A warning as an error. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-error-object -fplugin-arg-klpcc-error-coming" } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func funcs[] = {
	{ .old_name = "twofold", .new_func = replacement }, /* { dg-error "23: 'twofold' is not unique while module 'a_module' is loading, as the kernel counts its init functions then, too: it refuses the module when the patch was loaded first \\\[-fplugin-arg-klpcc-error-coming\\\]" } */
	{},
};

static struct klp_object objs[] = {
	{ .name = "a_module", .funcs = funcs },
	{ .name = "out_of_tree", .funcs = funcs }, /* { dg-error "19: the target has no module 'out_of_tree', and nothing of it is patched until one is loaded \\\[-fplugin-arg-klpcc-error-object\\\]" } */
	{},
};

ENABLE(objs)
