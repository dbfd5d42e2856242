// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The sample patch: after the load, /proc/cmdline has two more lines.
 *
 * This is the file to start from for a patch of one's own. It is ordinary C for an ordinary
 * kernel module; that three of the names below are not exported by any kernel needs no
 * word about it. The compiler plugin sees which references the running kernel (vmlinux)
 * can satisfy but does not export, and the final link makes livepatch relocations of them.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/sched/stat.h>
#include <linux/seq_file.h>

/*
 * Static in fs/proc/loadavg.c, so no header declares it: declare it as it is defined there,
 * without the `static`. Should the kernel have several functions of one name, the compiler
 * says so, lists them, and klp_sympos (runtime/include/klpcc.h) picks one.
 */
extern int loadavg_proc_show(struct seq_file *m, void *v);

/*
 * The replacement for a function that is static in fs/proc/cmdline.c. It has the
 * arguments and the result of the original; its own name is free.
 *
 * saved_command_line and nr_processes() are declared in kernel headers (linux/init.h,
 * linux/sched/stat.h), yet not exported: a plain module that used them would be refused.
 */
static int klpcc_cmdline_proc_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s\n", saved_command_line);
	seq_printf(m, "livepatched by klpcc, %d processes, load average ",
		   nr_processes());
	return loadavg_proc_show(m, v);
}

/*
 * From here on it is the kernel's own livepatch interface (samples/livepatch in the
 * kernel's sources): which functions of which object are replaced by what.
 */
static struct klp_func funcs[] = {
	{
		.old_name = "cmdline_proc_show", .new_func = klpcc_cmdline_proc_show,
		/* .old_sympos picks among several functions called so; 0: there is one. */
	},
	{}
};

static struct klp_object objs[] = {
	{
		/* .name is a module's; none stands for vmlinux. */
		.funcs = funcs,
	},
	{}
};

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init klpcc_sample_init(void)
{
	return klp_enable_patch(&patch);
}

/* The kernel lets the module go only after the patch was disabled through sysfs. */
static void __exit klpcc_sample_exit(void)
{
}

module_init(klpcc_sample_init);
module_exit(klpcc_sample_exit);
MODULE_DESCRIPTION("klpcc sample: changes what /proc/cmdline shows");
MODULE_LICENSE("GPL");
/* This line makes it a patch module. */
MODULE_INFO(livepatch, "Y");
