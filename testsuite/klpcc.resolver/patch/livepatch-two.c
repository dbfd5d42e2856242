// SPDX-License-Identifier: GPL-2.0-or-later
/* A second patch beside livepatch-one, of other functions of vmlinux and of klpcc_other. */
#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/sched/stat.h>
#include <linux/seq_file.h>
#include <klpcc.h>

extern int other_secret klp_object("klpcc_other");
extern int target_exported(void) klp_object("klpcc_target");

/* Two places side by side. */
static int *volatile table[] = { &other_secret, &other_secret };

static int two_version(struct seq_file *m, void *v)
{
	seq_printf(m, "two, %d\n", nr_processes() > 0);
	return 0;
}

static int two_get(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "two %d\n", *table[0] + other_secret - *table[1]);
}

/* Not while klpcc_target is away. */
static int target_value(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "%d\n", target_exported());
}

static const struct kernel_param_ops target_ops = { .get = target_value };
module_param_cb(target, &target_ops, NULL, 0444);

static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "version_proc_show", .new_func = two_version }, {}
};

static struct klp_func other_funcs[] = { { .old_name = "other_get", .new_func = two_get },
					 {} };

static struct klp_object objects[] = { { .funcs = vmlinux_funcs },
				       { .name = "klpcc_other", .funcs = other_funcs },
				       {} };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects };

static int __init two_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit two_exit(void)
{
}

module_init(two_init);
module_exit(two_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("klpcc test: a second patch");
