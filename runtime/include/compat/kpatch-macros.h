/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What fixes written for kpatch-build include, for `klpcc patch`. The interface is kpatch's. What
 * klpcc has no equal of is an error that says what to do, and never without effect.
 */
#ifndef __KPATCH_MACROS_H_
#define __KPATCH_MACROS_H_

#include <linux/compiler.h>
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <linux/version.h>

#include "kpatch-syscall.h"
#include "linux/livepatch_helpers.h"

/* ---- callbacks ------------------------------------------------------------------------- */

typedef struct klp_object patch_object;

#define KPATCH_PRE_PATCH_CALLBACK(fn) KLP_PRE_PATCH_CALLBACK(fn)
#define KPATCH_POST_PATCH_CALLBACK(fn) KLP_POST_PATCH_CALLBACK(fn)
#define KPATCH_PRE_UNPATCH_CALLBACK(fn) KLP_PRE_UNPATCH_CALLBACK(fn)
#define KPATCH_POST_UNPATCH_CALLBACK(fn) KLP_POST_UNPATCH_CALLBACK(fn)

/* ---- in functions ---------------------------------------------------------------------- */

#define KPATCH_STATIC_CALL(name) KLP_STATIC_CALL(name)

/*
 * GCC takes a path with a printk() for one that is hardly ever taken, and moves it, or what it
 * calls. Behind a condition, which always holds, that is the message alone; so fewer functions
 * change.
 */
#define KPATCH_PRINTK(fmt, ...)                     \
	({                                          \
		if (jiffies)                        \
			printk(fmt, ##__VA_ARGS__); \
	})
#define KPATCH_PRINTK_DEFERRED(fmt, ...)                     \
	({                                                   \
		if (jiffies)                                 \
			printk_deferred(fmt, ##__VA_ARGS__); \
	})

/* ---- what there is no equal of --------------------------------------------------------- */

#define KPATCH_IGNORE_SECTION(section) \
	_Pragma("GCC error \"KPATCH_IGNORE_SECTION: klpcc patch compares functions and variables, not sections; remove it\"")
#define KPATCH_IGNORE_FUNCTION(fn) \
	_Pragma("GCC error \"KPATCH_IGNORE_FUNCTION: klpcc patch compares code as if its lines had not moved, and replaces all that differs; remove it\"")
#define KPATCH_FORCE_UNSAFE(fn) \
	_Pragma("GCC error \"KPATCH_FORCE_UNSAFE: the kernel has no such switch for a function; remove it, and if the transition does not end, use /sys/kernel/livepatch/PATCH/force\"")
#define KPATCH_LOAD_HOOK(fn) \
	_Pragma("GCC error \"KPATCH_LOAD_HOOK: the kernel does not stop all processors for a hook; use KPATCH_PRE_PATCH_CALLBACK\"")
#define KPATCH_UNLOAD_HOOK(fn) \
	_Pragma("GCC error \"KPATCH_UNLOAD_HOOK: the kernel does not stop all processors for a hook; use KPATCH_POST_UNPATCH_CALLBACK\"")

#endif
