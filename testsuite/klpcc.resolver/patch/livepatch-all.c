// SPDX-License-Identifier: GPL-2.0-or-later
/* A cumulative patch: it takes the place of all others. */
#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/sched/stat.h>
#include <linux/seq_file.h>
#include <klpcc.h>

extern int target_data klp_object("klpcc_target");

static int all_cmdline(struct seq_file *m, void *v)
{
	seq_printf(m, "%s all, %d\n", saved_command_line, nr_processes() > 0);
	return 0;
}

static int all_get(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "all %d\n", target_data);
}

static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "cmdline_proc_show", .new_func = all_cmdline }, {}
};

static struct klp_func target_funcs[] = {
	{ .old_name = "target_get", .new_func = all_get }, {}
};

static struct klp_object objects[] = { { .funcs = vmlinux_funcs },
				       { .name = "klpcc_target", .funcs = target_funcs },
				       {} };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects, .replace = true };

static int __init all_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit all_exit(void)
{
}

module_init(all_init);
module_exit(all_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("klpcc test: a cumulative patch");
