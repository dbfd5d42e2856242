// SPDX-License-Identifier: GPL-2.0-or-later
/* A kprobe with a post handler, which redirects the function as a livepatch does. */
#include <linux/kprobes.h>
#include <linux/module.h>

static void live_after(struct kprobe *probe, struct pt_regs *regs, unsigned long flags)
{
}

static struct kprobe live_probe = {
	.symbol_name = "version_proc_show",
	.post_handler = live_after,
};

static int __init live_init(void)
{
	return register_kprobe(&live_probe);
}

static void __exit live_exit(void)
{
	unregister_kprobe(&live_probe);
}

module_init(live_init);
module_exit(live_exit);
MODULE_DESCRIPTION("klpcc test: a probe in the way of a livepatch");
MODULE_LICENSE("GPL");
