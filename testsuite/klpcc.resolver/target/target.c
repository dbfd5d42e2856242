// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc_target: a module to be patched. Reading its parameter `get` calls target_get(), its
 * init calls target_start(); both say "original". What is static here a patch reaches with klp
 * relocations only.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "target.h"

/* Written through a parameter, so that no compiler takes it for a constant. */
static int target_data = 40;
module_param(target_data, int, 0644);

/* One here and in twin.c: positions 1 and 2, behind that of start.c, which is soon gone. */
static noinline int target_twin(void)
{
	return target_data + 1;
}

static noinline int target_get(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "original %d %d\n", target_twin(), target_second());
}

static const struct kernel_param_ops get_ops = { .get = target_get };
module_param_cb(get, &get_ops, NULL, 0444);

/* Exported, and still to be had from this very module. */
int target_exported(void);
int target_exported(void)
{
	return target_data + 2;
}
EXPORT_SYMBOL_GPL(target_exported);

static bool fail;
module_param(fail, bool, 0);

static noinline void target_start(void)
{
	pr_info("klpcc_target: original start, %d\n", target_data);
}

static int __init target_init(void)
{
	target_start();
	return fail ? -ENODEV : target_prepare();
}

static void __exit target_exit(void)
{
}

module_init(target_init);
module_exit(target_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("klpcc test: a module to be patched");
