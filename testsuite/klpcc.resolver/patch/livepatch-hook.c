// SPDX-License-Identifier: GPL-2.0-or-later
/* Patches a function that the resolver would redirect: only one of them can. */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/moduleloader.h>
#include <linux/vmalloc.h>

/* What the function does is done here, too: nothing, and on s390 it frees the table of slots. */
static void hook_freeing_init(struct module *mod)
{
#ifdef CONFIG_S390
	if (is_livepatch_module(mod) && mod->state == MODULE_STATE_LIVE)
		return;
	vfree(mod->arch.syminfo);
	mod->arch.syminfo = NULL;
#endif
}

static struct klp_func funcs[] = {
	{ .old_name = "module_arch_freeing_init", .new_func = hook_freeing_init }, {}
};

static struct klp_object objects[] = { { .funcs = funcs }, {} };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects };

static int __init hook_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit hook_exit(void)
{
}

module_init(hook_init);
module_exit(hook_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("klpcc test: in the resolver's way");
