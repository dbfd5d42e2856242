// SPDX-License-Identifier: GPL-2.0-or-later
/* Redirects a function to itself, as a livepatch would: nobody else can. */
#include <linux/ftrace.h>
#include <linux/module.h>

static void live_stay(unsigned long ip, unsigned long parent, struct ftrace_ops *ops,
		      struct ftrace_regs *regs)
{
}

static struct ftrace_ops live_ops = { .func = live_stay,
				      .flags = FTRACE_OPS_FL_IPMODIFY
#ifndef CONFIG_DYNAMIC_FTRACE_WITH_ARGS
					       | FTRACE_OPS_FL_SAVE_REGS
#endif
};

static char *function = "version_proc_show";
module_param(function, charp, 0);

static int __init live_init(void)
{
	int error = ftrace_set_filter(&live_ops, (unsigned char *)function,
				      (int)strlen(function), 1);

	return error ? error : register_ftrace_function(&live_ops);
}

static void __exit live_exit(void)
{
	unregister_ftrace_function(&live_ops);
}

module_init(live_init);
module_exit(live_exit);
MODULE_DESCRIPTION("klpcc test: in the way of a livepatch");
MODULE_LICENSE("GPL");
