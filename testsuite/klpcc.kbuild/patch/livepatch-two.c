// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A module of one object, with a reference of its own to a variable without an export.
 */
#include <linux/init.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>

static int patched_version_proc_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s\n", saved_command_line);
	return 0;
}

static struct klp_func funcs[] = {
	{ .old_name = "version_proc_show", .new_func = patched_version_proc_show },
	{},
};

static struct klp_object objs[] = {
	{ .funcs = funcs },
	{},
};

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objs };

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
