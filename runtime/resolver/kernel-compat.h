/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What differs between the kernels that the resolver is built for, 5.10 to 7.3.
 *
 * The only file here that knows a kernel's version. Where distributions carry a change back
 * into an older kernel, Kbuild looks into the headers instead and says what it found
 * (KLPCC_HAVE_...). Each difference says since when it is there.
 *
 * That a hooked function has the arguments that the resolver expects is checked by the
 * compiler: hook.c declares each replacement with the type of the original.
 */
#ifndef KLPCC_KERNEL_COMPAT_H
#define KLPCC_KERNEL_COMPAT_H

#include <linux/ftrace.h>
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 10, 0)
#error the klpcc resolver needs Linux 5.10 or later
#endif
#ifndef CONFIG_LIVEPATCH
#error the klpcc resolver needs a kernel with CONFIG_LIVEPATCH
#endif
#ifndef CONFIG_KALLSYMS_ALL
#error the klpcc resolver needs a kernel with CONFIG_KALLSYMS_ALL
#endif

/* 5.11: a callback gets struct ftrace_regs; 6.4 renames the setter (include/linux/ftrace.h). */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 11, 0)
typedef struct ftrace_regs klpcc_ftrace_regs;
#ifndef ftrace_regs_set_instruction_pointer
#define ftrace_regs_set_instruction_pointer ftrace_instruction_pointer_set
#endif
#else
typedef struct pt_regs klpcc_ftrace_regs;
#define ftrace_regs_set_instruction_pointer instruction_pointer_set
#endif

/* If arguments alone cannot be saved, all registers must be (kernel/trace/ftrace.c). */
#ifdef CONFIG_HAVE_DYNAMIC_FTRACE_WITH_ARGS
#define KLPCC_FTRACE_REGS 0
#else
#define KLPCC_FTRACE_REGS FTRACE_OPS_FL_SAVE_REGS
#endif

/* kernel/trace/ftrace_internal.h, in all of them; it also guards the flags of an ftrace_ops. */
extern struct mutex ftrace_lock;

/* 6.16 renames it (arch/x86/include/asm/text-patching.h). */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
#define text_poke_sync smp_text_poke_sync_each_cpu
#endif

/* 6.4: a module's memory is an array (include/linux/module.h). */
static inline void *klpcc_module_text(const struct module *mod)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
	return mod->mem[MOD_TEXT].base;
#else
	return mod->core_layout.base;
#endif
}

/* 6.4 drops the module from the callback of kallsyms_on_each_symbol(). */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define KLPCC_KALLSYMS_MODULE
#else
#define KLPCC_KALLSYMS_MODULE struct module *mod,
#endif

/*
 * Before 5.12 the function above went on to the modules, under a lock of theirs that it left
 * to its caller; from then on it stays in vmlinux.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 12, 0)
#define klpcc_is_module_symbol(mod) false
static inline void klpcc_kallsyms_lock(void)
{
}
static inline void klpcc_kallsyms_unlock(void)
{
}
#else
#define klpcc_is_module_symbol(mod) ((mod) != NULL)
static inline void klpcc_kallsyms_lock(void)
{
	mutex_lock(&module_mutex);
}
static inline void klpcc_kallsyms_unlock(void)
{
	mutex_unlock(&module_mutex);
}
#endif

#endif
