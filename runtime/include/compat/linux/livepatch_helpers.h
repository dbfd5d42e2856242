/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What fixes written for the kernel's klp-build include, for `klpcc patch`, which puts it before
 * the kernel's header of that name. The interface is the kernel's, what is behind it is not: there,
 * each callback is a record for objtool.
 */
#ifndef _LINUX_LIVEPATCH_HELPERS_H
#define _LINUX_LIVEPATCH_HELPERS_H

#include <linux/compiler.h>
#include <linux/livepatch.h>
#include <linux/syscalls.h>

/* The object that the file is a part of, in names. */
#ifdef MODULE
#define KLP_OBJNAME __KBUILD_MODNAME
#else
#define KLP_OBJNAME vmlinux
#endif

/*
 * A callback is called through a global function, whose name says of which kind and of which
 * object it is. `klpcc patch` finds that in the object file, and has it called. The sizeof has the
 * compiler compare types where the user's line is, and makes no code.
 */
#define KLPCC_CALLBACK_NAME(kind, object) klpcc_##kind##_##object
#define KLPCC_CALLBACK_OF(kind, object) KLPCC_CALLBACK_NAME(kind, object)
#define KLPCC_CALLBACK(result, kind, func)                                             \
	result KLPCC_CALLBACK_OF(kind, KLP_OBJNAME)(struct klp_object * klpcc_object); \
	result KLPCC_CALLBACK_OF(kind, KLP_OBJNAME)(struct klp_object * klpcc_object)  \
	{                                                                              \
		(void)sizeof((typeof(((struct klp_callbacks *)NULL)->kind)){ func });  \
		return func(klpcc_object);                                             \
	}

/* Once for each object of a fix. int func(struct klp_object *); if it fails, so does the load. */
#define KLP_PRE_PATCH_CALLBACK(func) KLPCC_CALLBACK(int, pre_patch, func)
/* void func(struct klp_object *) */
#define KLP_POST_PATCH_CALLBACK(func) KLPCC_CALLBACK(void, post_patch, func)
#define KLP_PRE_UNPATCH_CALLBACK(func) KLPCC_CALLBACK(void, pre_unpatch, func)
#define KLP_POST_UNPATCH_CALLBACK(func) KLPCC_CALLBACK(void, post_unpatch, func)

/* An indirect call of the function that static_call(name) calls, which there must be. */
#define KLP_STATIC_CALL(name) \
	((typeof(STATIC_CALL_TRAMP(name)) *)READ_ONCE(STATIC_CALL_KEY(name).func))

/* klpcc replaces the functions by which a system call is entered, so the kernel's macros do. */
#define KLP_SYSCALL_DEFINE0 SYSCALL_DEFINE0
#define KLP_SYSCALL_DEFINE1 SYSCALL_DEFINE1
#define KLP_SYSCALL_DEFINE2 SYSCALL_DEFINE2
#define KLP_SYSCALL_DEFINE3 SYSCALL_DEFINE3
#define KLP_SYSCALL_DEFINE4 SYSCALL_DEFINE4
#define KLP_SYSCALL_DEFINE5 SYSCALL_DEFINE5
#define KLP_SYSCALL_DEFINE6 SYSCALL_DEFINE6
#define KLP_SYSCALL_DEFINEx SYSCALL_DEFINEx

#endif
