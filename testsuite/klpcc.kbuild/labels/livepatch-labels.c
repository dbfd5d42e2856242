// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An existing source-based livepatch: it names what it takes from the kernel by KLP_RELOC_SYMBOL.
 * With NATURAL, the same as klpcc has it.
 */
#include <linux/init.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#ifdef NATURAL
#include <linux/sched/stat.h>
#define processes nr_processes
extern ssize_t defrag_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
	__attribute__((klp_sympos(2)));
extern int enabled __attribute__((klp_object("binfmt_misc")));
#else
#define KLP_RELOC_SYMBOL_POS(LP_OBJ_NAME, SYM_OBJ_NAME, SYM_NAME, SYM_POS)               \
	asm("\".klp.sym.rela." #LP_OBJ_NAME "." #SYM_OBJ_NAME "." #SYM_NAME "," #SYM_POS \
	    "\"")
#define KLP_RELOC_SYMBOL(LP_OBJ_NAME, SYM_OBJ_NAME, SYM_NAME) \
	KLP_RELOC_SYMBOL_POS(LP_OBJ_NAME, SYM_OBJ_NAME, SYM_NAME, 0)

extern int processes(void) KLP_RELOC_SYMBOL(vmlinux, vmlinux, nr_processes);
extern ssize_t defrag_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
	KLP_RELOC_SYMBOL_POS(vmlinux, vmlinux, defrag_show, 2);
extern int enabled KLP_RELOC_SYMBOL(binfmt_misc, binfmt_misc, enabled);
#endif

static int *const where = &enabled;
static ssize_t (*shower)(struct kobject *kobj, struct kobj_attribute *attr,
			 char *buf) = defrag_show;

static int patched_cmdline_proc_show(struct seq_file *m, void *v)
{
	char text[16];

	shower(NULL, NULL, text);
	seq_printf(m, "%d %d %d\n", processes(), enabled, *READ_ONCE(where));
	return 0;
}

static struct klp_func funcs[] = {
	{ .old_name = "cmdline_proc_show", .new_func = patched_cmdline_proc_show },
	{},
};

/* The kernel refuses an object without .funcs. */
static struct klp_func none[] = {
	{},
};

static struct klp_object objs[] = {
	{ .funcs = funcs },
	{ .name = "binfmt_misc", .funcs = none },
	{},
};

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objs };

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
