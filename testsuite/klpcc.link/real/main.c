// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A patch module as kbuild makes it, with marks that the sources spell themselves: the
 * project's own, and the one of existing source-based livepatches.
 */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#define MARK(name) asm(name) __attribute__((weak))

extern char *command_line MARK("saved_command_line.klp.vmlinux");
extern char *foreign_line MARK("\".klp.sym.rela.vmlinux.vmlinux.saved_command_line,0\"");
extern int show_version(struct seq_file *m, void *v)
	MARK("version_proc_show.klp.vmlinux");

int other(int value);

static int livepatch_cmdline_proc_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s %s %d\n", command_line, foreign_line, other(1));
	return show_version(m, v);
}

static struct klp_func funcs[] = { {
					   .old_name = "cmdline_proc_show",
					   .new_func = livepatch_cmdline_proc_show,
				   },
				   {} };

static struct klp_object objs[] = { { .funcs = funcs }, {} };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objs };

static int __init livepatch_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit livepatch_exit(void)
{
}

module_init(livepatch_init);
module_exit(livepatch_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
