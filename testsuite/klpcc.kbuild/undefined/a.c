// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One of two units. nr_processos() is the other's, whatever it looks like; with LACKING it uses what
 * neither has.
 */
#include <linux/fs.h>
#include <linux/livepatch.h>
#include <linux/module.h>

extern int nr_processos(void);
#ifdef LACKING
extern int nr_proceses(void);
extern int __do_pipe_flags(int *fd, struct file **files, int flags);
extern struct list_head vm_list;
extern int zzqx_of_no_kernel(void);
extern void version_proc_show(void);
#endif

static int processes(void)
{
	int number = nr_processos();

#ifdef LACKING
	number += nr_proceses() + zzqx_of_no_kernel() + __do_pipe_flags(NULL, NULL, 0) +
		  (vm_list.next != NULL);
	asm volatile(
		"# version_proc_show\n\t.pushsection .data\n\t.quad version_proc_show\n\t"
		".popsection");
#endif
	return number;
}

static struct klp_func funcs[] = { { .old_name = "nr_processes", .new_func = processes },
				   {} };

static struct klp_object objs[] = { { .funcs = funcs }, {} };

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init patch_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit patch_exit(void)
{
}

module_init(patch_init);
module_exit(patch_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
