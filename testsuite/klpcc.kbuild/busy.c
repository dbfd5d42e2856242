// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An ordinary module beside the livepatches, as a target for them.
 */
#include <linux/module.h>
#include <linux/sched/stat.h>

static int busy_count;
module_param(busy_count, int, 0444);

int busy_read(void);
int busy_read(void)
{
	return busy_count;
}
EXPORT_SYMBOL_GPL(busy_read);

static int __init busy_init(void)
{
	pr_info("%d\n", busy_read());
	return 0;
}

static void __exit busy_exit(void)
{
}

module_init(busy_init);
module_exit(busy_exit);
MODULE_LICENSE("GPL");
