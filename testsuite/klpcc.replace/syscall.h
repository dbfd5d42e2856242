/* SPDX-License-Identifier: GPL-2.0-or-later */
/* SYSCALL_DEFINE1() of linux/syscalls.h and asm/syscall_wrapper.h. */
#include "kernel.h"

struct pt_regs {
	unsigned long words[20];
};

#ifdef __x86_64__
#define NATIVE(name) __x64_sys_##name
#define COMPATIBLE(name) __ia32_sys_##name
#define FIRST(regs) ((regs)->words[14])
#else
#define NATIVE(name) __s390x_sys_##name
#define COMPATIBLE(name) __s390_sys_##name
#define FIRST(regs) ((regs)->words[3])
#endif

/* compiler_types.h: inline functions are not traced. */
#define SYSCALL_DEFINE(name)                                       \
	long NATIVE(name)(const struct pt_regs *regs);             \
	long COMPATIBLE(name)(const struct pt_regs *regs);         \
	static long __se_sys_##name(unsigned long x);              \
	static inline notrace long __do_sys_##name(int x);         \
	long NATIVE(name)(const struct pt_regs *regs)              \
	{                                                          \
		return __se_sys_##name(FIRST(regs));               \
	}                                                          \
	long COMPATIBLE(name)(const struct pt_regs *regs)          \
	{                                                          \
		return __se_sys_##name((unsigned int)FIRST(regs)); \
	}                                                          \
	static long __se_sys_##name(unsigned long x)               \
	{                                                          \
		return __do_sys_##name((int)x);                    \
	}                                                          \
	static inline notrace long __do_sys_##name(int x)
