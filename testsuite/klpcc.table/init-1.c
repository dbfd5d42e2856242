/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is no function that runs. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "start_it", .new_func = replacement }, /* { dg-error "23: 'start_it' of 'vmlinux' is in init memory, which the kernel has freed" } */
	{ .old_name = "a_variable", .new_func = replacement }, /* { dg-error "23: 'a_variable' of 'vmlinux' is data, and only functions can be replaced" } */
	{},
};

static struct klp_func module_funcs[] = {
	{ .old_name = "module_start", .new_func = replacement }, /* { dg-error "23: 'module_start' of 'a_module' is in init memory, which the kernel has freed" } */
	{},
};

static struct klp_object objs[] = {
	{ .funcs = vmlinux_funcs },
	{ .name = "a_module", .funcs = module_funcs },
	{},
};

ENABLE(objs)
