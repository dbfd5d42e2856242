// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Its relocations are applied, and then the loader refuses it, before anybody is told that it
 * comes: klpcc_target exports that name, too.
 */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <klpcc.h>

extern int target_data klp_object("klpcc_target");

int target_exported(void);
int target_exported(void)
{
	return target_data;
}
EXPORT_SYMBOL_GPL(target_exported);

static int __init export_init(void)
{
	return 0;
}

static void __exit export_exit(void)
{
}

module_init(export_init);
module_exit(export_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("klpcc test: the loader refuses it late");
