// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The main file of a module of two objects: takes a variable of vmlinux without an export.
 */
#include <linux/init.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#include "helper.h"

static int patched_cmdline_proc_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s %d\n", saved_command_line, helper_processes());
	return 0;
}

static struct klp_func funcs[] = {
	{ .old_name = "cmdline_proc_show", .new_func = patched_cmdline_proc_show },
	{},
};

static struct klp_object objs[] = {
	{ .funcs = funcs },
	{},
};

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objs };

static int __init one_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit one_exit(void)
{
}

module_init(one_init);
module_exit(one_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
