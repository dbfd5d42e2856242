// SPDX-License-Identifier: GPL-2.0-or-later
/* In mainline form, which is the kernel's own business. */
#include <linux/module.h>
#include <linux/sched/stat.h>

static int __init mainline_init(void)
{
	pr_info("klpcc_mainline: %d processes\n", nr_processes() > 0);
	return 0;
}

static void __exit mainline_exit(void)
{
}

module_init(mainline_init);
module_exit(mainline_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("klpcc test: in mainline form");
