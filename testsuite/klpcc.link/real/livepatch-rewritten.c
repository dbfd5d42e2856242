// SPDX-License-Identifier: GPL-2.0-or-later
/* A module whose one fault is an alternative that calls into a module of the target. */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#include <asm/alternative.h>

extern int hidden(void) asm("hidden.klp.kvm") __attribute__((weak));

#ifdef CONFIG_X86
static noinline int call_hidden(void)
{
	int result;

	asm volatile(ALTERNATIVE("call %P2", "movl $7, %%eax", X86_FEATURE_ALWAYS)
		     : "=a"(result), ASM_CALL_CONSTRAINT
		     : "i"(hidden)
		     : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "memory");
	return result;
}
#else
/* Only the text below names it, so that no declaration makes it weak. */
asm(".weak hidden.klp.kvm");

static noinline int call_hidden(void)
{
	register int result asm("2");

	asm volatile(ALTERNATIVE("brasl %%r14, hidden.klp.kvm@PLT", "llilf %%r2, 7", 1)
		     : "=d"(result)
		     :
		     : "0", "1", "3", "4", "5", "14", "cc", "memory");
	return result;
}
#endif

static int livepatch_cmdline_proc_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", call_hidden());
	return 0;
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
