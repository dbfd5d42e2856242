// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc_resolver.ko: applies patch modules in object form, see docs/resolver.md.
 *
 * The kernel has no hook for what it does with livepatch relocations, so four of its functions
 * are redirected with ftrace to the replacements below, each of which calls the original,
 * too. A redirection is not a livepatch: it needs no transition, and a cumulative patch does not
 * replace it. All four are global and called from another source file than their own, so the
 * compiler cannot have inlined them. The last is in another file only on s390; elsewhere it is in
 * the file that calls it, but weak, which has the same effect.
 *
 * None of them is exported. This module is itself a patch module in mainline form, whose
 * references klpcc's plugin has marked.
 */
#include <linux/atomic.h>
#include <linux/ftrace.h>
#include <linux/init.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/moduleloader.h>
#include <linux/rcupdate.h>
#include <linux/wait_bit.h>

#include "kernel-compat.h"
#include "resolver.h"

/* Calls of replacements that have begun and not ended. */
static atomic_t inside = ATOMIC_INIT(0);

static void leave_replacement(void)
{
	if (atomic_dec_and_test(&inside))
		wake_up_var(&inside);
}

/* ---- replacements ---------------------------------------------------------------------- */

/* Each has the type of its original, so this does not compile where that type is another one. */
static typeof(klp_apply_section_relocs) replace_klp_apply_section_relocs;
static typeof(klp_module_coming) replace_klp_module_coming;
static typeof(klp_module_going) replace_klp_module_going;
static typeof(module_arch_freeing_init) replace_module_arch_freeing_init;

/* Called for the first object form section of a module only: klpcc_event_load() takes all. */
static int replace_klp_apply_section_relocs(struct module *pmod, Elf_Shdr *sechdrs,
					    const char *shstrtab, const char *strtab,
					    unsigned int symndx, unsigned int secndx,
					    const char *objname)
{
	const struct klpcc_load load = {
		.mod = pmod,
		.sechdrs = sechdrs,
		.shstrtab = shstrtab,
		.strtab = strtab,
		.symndx = symndx,
	};
	int ret;

	if (!objname && klpcc_is_object_section(shstrtab + sechdrs[secndx].sh_name))
		ret = klpcc_event_load(&load);
	else
		ret = klp_apply_section_relocs(pmod, sechdrs, shstrtab, strtab, symndx,
					       secndx, objname);
	leave_replacement();
	return ret;
}

static int replace_klp_module_coming(struct module *mod)
{
	int ret = klpcc_event_coming(mod);

	if (!ret) {
		ret = klp_module_coming(mod);
		/* The loader now frees the module without klp_module_going(). */
		if (ret)
			klpcc_event_going(mod);
	}
	leave_replacement();
	return ret;
}

static void replace_klp_module_going(struct module *mod)
{
	klp_module_going(mod);
	klpcc_event_going(mod);
	leave_replacement();
}

static void replace_module_arch_freeing_init(struct module *mod)
{
	module_arch_freeing_init(mod);
	klpcc_event_freeing(mod);
	leave_replacement();
}

/* ---- the hooks ------------------------------------------------------------------------- */

struct hook {
	const char *name;
	unsigned long function, replacement;
	struct ftrace_ops ops;
};

/*
 * Redirects a call to a replacement, except calls from this module, which are meant for the
 * original. Runs in any context: it must not sleep or be traced.
 */
static void notrace redirect_call(unsigned long ip, unsigned long parent_ip,
				  struct ftrace_ops *ops, klpcc_ftrace_regs *regs)
{
	const struct hook *hook = container_of(ops, struct hook, ops);

	if (within_module(parent_ip, THIS_MODULE))
		return;
	atomic_inc(&inside);
	ftrace_regs_set_instruction_pointer(regs, hook->replacement);
}

#define HOOK(original)                                                       \
	{                                                                    \
		.name = #original, .function = (unsigned long)original,      \
		.replacement = (unsigned long)replace_##original,            \
		.ops = {                                                     \
			.func = redirect_call,                               \
			.flags = FTRACE_OPS_FL_IPMODIFY | KLPCC_FTRACE_REGS, \
		},                                                           \
	}

/* The hook by which modules become served is the last, so that none is if another one fails. */
static struct hook hooks[] = {
	HOOK(klp_module_coming),
	HOOK(klp_module_going),
	HOOK(module_arch_freeing_init),
	HOOK(klp_apply_section_relocs),
};

/*
 * unregister_ftrace_function() waits for tasks on their way into a replacement, so that nobody
 * enters one afterwards. Then those that are inside leave. A task has executed the instructions
 * after leave_replacement() when it has slept or been in user space, which RCU-tasks waits for.
 */
static void remove_hooks(unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		unregister_ftrace_function(&hooks[i].ops);
	wait_var_event(&inside, !atomic_read(&inside));
	synchronize_rcu_tasks();
	for (i = 0; i < count; i++)
		ftrace_free_filter(&hooks[i].ops);
}

/* Fails if the function cannot be traced, or something else has redirected it. */
static int add_hook(struct hook *hook)
{
	int err;

	err = ftrace_set_filter_ip(&hook->ops, hook->function, 0, 0);
	if (!err)
		err = register_ftrace_function(&hook->ops);
	if (!err)
		return 0;
	pr_err("this kernel's %s() cannot be hooked: %d\n", hook->name, err);
	ftrace_free_filter(&hook->ops);
	return err;
}

static int add_hooks(void)
{
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		err = add_hook(&hooks[i]);
		if (err) {
			remove_hooks(i);
			return err;
		}
	}
	return 0;
}

/*
 * The sysctl kernel.ftrace_enabled checks each of ftrace's users for PERMANENT before it switches
 * ftrace off, with ftrace_lock held. So setting the flag under that lock is as good as registering
 * another user that has it. It is also much cheaper, which matters at each patch's load:
 * registering walks through all functions of the kernel. One hook is enough, since ftrace is
 * switched off as a whole.
 */
int klpcc_hold_hooks(void)
{
	int err = 0;

	mutex_lock(&ftrace_lock);
	if (ftrace_enabled)
		hooks[0].ops.flags |= FTRACE_OPS_FL_PERMANENT;
	else
		err = -EBUSY;
	mutex_unlock(&ftrace_lock);
	return err;
}

void klpcc_release_hooks(void)
{
	mutex_lock(&ftrace_lock);
	hooks[0].ops.flags &= ~(unsigned long)FTRACE_OPS_FL_PERMANENT;
	mutex_unlock(&ftrace_lock);
}

/* With ftrace off, hooks can be added, and do nothing. */
static int __init resolver_init(void)
{
	int err;

	if (!ftrace_enabled) {
		pr_err("ftrace is switched off; the sysctl kernel.ftrace_enabled must be 1\n");
		return -EBUSY;
	}
	err = add_hooks();
	if (!err)
		klpcc_show_init();
	return err;
}

/* Every served module holds a reference, so there is none now. */
static void __exit resolver_exit(void)
{
	remove_hooks(ARRAY_SIZE(hooks));
	klpcc_show_exit();
	WARN_ON(!list_empty(&klpcc_patches));
}

module_init(resolver_init);
module_exit(resolver_exit);
MODULE_LICENSE("GPL");
MODULE_AUTHOR("The klpcc project");
MODULE_DESCRIPTION("Applies livepatch relocations in klpcc's object form");
MODULE_INFO(livepatch, "Y");
