// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A patch for a module that is not there yet: binfmt_misc is loaded after the patch, and only then
 * are its relocations applied. Reading the module's `status` file shows what its own static
 * variable and static function gave, beside a function of vmlinux from the same code, and a
 * variable of a third object, ts_kmp, which is resolved when binfmt_misc comes, too.
 */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/sched/stat.h>
#include <linux/textsearch.h>
#include <linux/uaccess.h>
#include <klpcc.h>

extern int enabled klp_object("binfmt_misc");
extern struct list_head entries klp_object("binfmt_misc");
/* Static in lib/ts_kmp.c. */
extern struct ts_ops kmp_ops klp_object("ts_kmp") klp_gate("binfmt_misc");
/* 1, 2, 3 for the texts "0", "1", "-1" in user memory. */
extern int parse_command(const char __user *buffer, size_t count)
	klp_object("binfmt_misc");

static ssize_t gated_status_read(struct file *file, char __user *buf, size_t nbytes,
				 loff_t *ppos)
{
	char text[128];
	int command, length;

	if (*ppos)
		return 0;
	if (nbytes < sizeof(text) || put_user('1', buf))
		return -EFAULT;
	command = parse_command(buf, 1);
	length = scnprintf(text, sizeof(text),
			   "enabled %d\ncommand %d\nentries %px\nops %px\nprocesses %d\n",
			   enabled, command, &entries, &kmp_ops, nr_processes());
	return simple_read_from_buffer(buf, nbytes, ppos, text, length);
}

static struct klp_func funcs[] = {
	{ .old_name = "bm_status_read", .new_func = gated_status_read }, {}
};

static struct klp_object objs[] = { { .name = "binfmt_misc", .funcs = funcs }, {} };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objs };

static int __init gated_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit gated_exit(void)
{
}

module_init(gated_init);
module_exit(gated_exit);
MODULE_DESCRIPTION("klpcc test: a patch for a module that comes later");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
