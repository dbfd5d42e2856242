// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A module whose parameter shows what its functions make: /sys/module/outside/parameters/value.
 */
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "limits.h"
#include "value.h"

static int show_value(char *buffer, const struct kernel_param *param)
{
	WARN_ON(!buffer);
	return sysfs_emit(buffer, "value %d of %d\n", outside_limit(outside_value(1)),
			  LIMIT);
}

/* Steps. */
static int take_value(const char *text, const struct kernel_param *param)
{
	int step;
	int err = kstrtoint(text, 0, &step);

	if (!err)
		outside_value(outside_limit(step));
	return err;
}

static const struct kernel_param_ops value_ops = {
	.get = show_value,
	.set = take_value,
};

module_param_cb(value, &value_ops, NULL, 0644);

static int __init outside_init(void)
{
	return 0;
}

static void __exit outside_exit(void)
{
}

module_init(outside_init);
module_exit(outside_exit);
MODULE_LICENSE("GPL");
