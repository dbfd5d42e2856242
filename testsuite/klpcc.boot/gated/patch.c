// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A patch for a module that is not there yet: binfmt_misc is loaded after the patch, and only then
 * are its relocations applied. Reading the module's `status` file shows what its own static
 * variable and static function gave, beside a function of vmlinux from the same code, and a
 * variable of a third object, which is resolved when binfmt_misc comes, too.
 *
 * The parameter `own` shows that variable and that function by references with gates of their own.
 * Where addresses are in slots, of a GOT or a PLT, both kinds of references share them.
 */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/sched/stat.h>
#include <linux/uaccess.h>
#include <klpcc.h>

extern int enabled klp_object("binfmt_misc");
extern struct list_head entries klp_object("binfmt_misc");

/* Of lib/ts_kmp.c, or of samples/kobject/kobject-example.c: static, and neither is exported. */
#ifdef CONFIG_S390
#define THIRD "kobject_example"
#define VARIABLE "foo"
#else
#define THIRD "ts_kmp"
#define VARIABLE "kmp_ops"
#endif
extern char gated_variable klp_name(VARIABLE) klp_object(THIRD) klp_gate("binfmt_misc");
extern char own_variable klp_name(VARIABLE) klp_object(THIRD);
extern int gated_processes(void) klp_name("nr_processes") klp_gate("binfmt_misc");

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
	length = scnprintf(
		text, sizeof(text),
		"enabled %d\ncommand %d\nentries %px\nthird %px\nprocesses %d\n", enabled,
		command, &entries, &gated_variable, gated_processes());
	return simple_read_from_buffer(buf, nbytes, ppos, text, length);
}

static int gated_own(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "own %px\nown processes %d\n", &own_variable,
		       nr_processes());
}

static const struct kernel_param_ops own_ops = { .get = gated_own };
module_param_cb(own, &own_ops, NULL, 0444);

static struct klp_func funcs[] = {
	{ .old_name = "bm_status_read", .new_func = gated_status_read }, {}
};

/* The kernel applies what an object of the patch is the gate of, though nothing is patched there. */
static struct klp_func no_funcs[] = { {} };

static struct klp_object objs[] = { { .name = "binfmt_misc", .funcs = funcs },
				    { .name = THIRD, .funcs = no_funcs },
				    {} };

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
