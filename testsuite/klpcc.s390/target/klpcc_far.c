// SPDX-License-Identifier: GPL-2.0-or-later
/* What is patched: it says where its static function and variable are. */
#include <linux/module.h>

static int far_data = 1000;
module_param(far_data, int, 0444);

static noinline int far_add(int number)
{
	return READ_ONCE(far_data) + number;
}

static noinline int far_get(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "original %d\n", far_add(1));
}

static const struct kernel_param_ops get_ops = { .get = far_get };
module_param_cb(get, &get_ops, NULL, 0444);

static int far_where(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "far_add %lx far_data %lx\n", (unsigned long)far_add,
		       (unsigned long)&far_data);
}

static const struct kernel_param_ops where_ops = { .get = far_where };
module_param_cb(where, &where_ops, NULL, 0444);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("klpcc test: a target");
