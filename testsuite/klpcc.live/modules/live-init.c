// SPDX-License-Identifier: GPL-2.0-or-later
/* Its init refuses, without a word; the klp relocation is applied by then. */
#include "live.h"

extern int uptime_proc_show(struct seq_file *m, void *v);

static int live_version(struct seq_file *m, void *v)
{
	return uptime_proc_show(m, v);
}

/* Nobody shall remove the call. */
static int (*volatile live_kept)(struct seq_file *m, void *v) = live_version;

static int __init live_init(void)
{
	return live_kept ? -EXDEV : 0;
}

static void __exit live_exit(void)
{
}

module_init(live_init);
module_exit(live_exit);
MODULE_DESCRIPTION("klpcc test: its init fails");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
