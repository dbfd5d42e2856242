// SPDX-License-Identifier: GPL-2.0-or-later
/* A patch of kvm with a tracepoint of kvm; advice.exp puts what the compiler advises into advice.h. */
#include <linux/kvm_host.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/tracepoint.h>

#include "advice.h"
#include <trace/events/kvm.h>

static void kick(struct kvm_vcpu *vcpu)
{
	trace_kvm_userspace_exit(1, 2);
	if (trace_kvm_userspace_exit_enabled())
		pr_info("traced\n");
}

static struct klp_func funcs[] = { { .old_name = "kvm_vcpu_kick", .new_func = kick },
				   {} };

static struct klp_object objs[] = { { .name = "kvm", .funcs = funcs }, {} };

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
