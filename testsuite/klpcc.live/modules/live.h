/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the livepatches here have in common. */
#ifndef LIVE_H
#define LIVE_H

#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>

/* A replacement of version_proc_show(): user space sees which patch is in effect. */
#define LIVE_VERSION(text)                                   \
	static int live_version(struct seq_file *m, void *v) \
	{                                                    \
		seq_puts(m, text "\n");                      \
		return 0;                                    \
	}

/* A patch of vmlinux that replaces one function. */
#define LIVE_FUNCTION(old, new)                                                    \
	static struct klp_func live_funcs[] = {                                    \
		{ .old_name = (old), .new_func = (new) }, {}                       \
	};                                                                         \
	static struct klp_object live_objects[] = { { .funcs = live_funcs }, {} }; \
	static struct klp_patch live_patch = { .mod = THIS_MODULE, .objs = live_objects }

/* Enables the patch; by this alone the module does not say that it is a livepatch. */
#define LIVE_INIT(what)                               \
	static int __init live_init(void)             \
	{                                             \
		return klp_enable_patch(&live_patch); \
	}                                             \
	static void __exit live_exit(void)            \
	{                                             \
	}                                             \
	module_init(live_init);                       \
	module_exit(live_exit);                       \
	MODULE_DESCRIPTION("klpcc test: " what);      \
	MODULE_LICENSE("GPL")

#define LIVE_PATCH(what) \
	LIVE_INIT(what); \
	MODULE_INFO(livepatch, "Y")

#endif
