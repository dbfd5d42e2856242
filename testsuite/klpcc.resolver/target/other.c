// SPDX-License-Identifier: GPL-2.0-or-later
/* klpcc_other: a second module, whose symbols are used and which may be patched or not. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static int other_secret = 500;
module_param(other_secret, int, 0644);

static noinline int other_get(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "other %d\n", other_secret);
}

static const struct kernel_param_ops get_ops = { .get = other_get };
module_param_cb(get, &get_ops, NULL, 0444);

static int __init other_init(void)
{
	return 0;
}

static void __exit other_exit(void)
{
}

module_init(other_init);
module_exit(other_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("klpcc test: a second module");
