// SPDX-License-Identifier: GPL-2.0-or-later
/* Patches a function that the resolver would redirect: only one of them can. */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/moduleloader.h>

static void hook_freeing_init(struct module *mod)
{
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
