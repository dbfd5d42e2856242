// SPDX-License-Identifier: GPL-2.0-or-later
/* Its relocations are applied, and then its init does not want to. */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <klpcc.h>

extern int target_data klp_object("klpcc_target");

/* Not in init memory: nothing there may wait for a module. */
static noinline int value(void)
{
	return target_data;
}

static int __init fail_init(void)
{
	pr_info("livepatch_fail: %d\n", value());
	return -ENODEV;
}

static void __exit fail_exit(void)
{
}

module_init(fail_init);
module_exit(fail_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("klpcc test: its init fails");
