/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * x86_64: how its code names a symbol where no compiler does it. machine-s390.h has the same for
 * the other machine.
 */
#ifndef MACHINE_X86_H
#define MACHINE_X86_H

#include <asm/alternative.h>
#include <asm/asm.h>

#define SYS_SYNC "__x64_sys_sync"

#define CONSTANT "i"
#define CONSTANT_TEXT(number) "%c" #number

#define ASM_CALL(function)                                                           \
	({                                                                           \
		int result;                                                          \
		asm volatile("call " #function                                       \
			     : "=a"(result), ASM_CALL_CONSTRAINT                     \
			     :                                                       \
			     : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", \
			       "cc", "memory");                                      \
		result;                                                              \
	})

#define ASM_READ(variable)                                                   \
	({                                                                   \
		int value;                                                   \
		asm volatile("movl " #variable "(%%rip), %0" : "=r"(value)); \
		value;                                                       \
	})

#define ASM_ADDRESS(function)                                                  \
	({                                                                     \
		void *address;                                                 \
		asm volatile("leaq " #function "(%%rip), %0" : "=r"(address)); \
		address;                                                       \
	})

#define IMMEDIATE(symbol)                                                       \
	({                                                                      \
		void *address;                                                  \
		asm volatile("movq %1, %0" : "=r"(address) : CONSTANT(symbol)); \
		address;                                                        \
	})

/*
 * The kernel overwrites the first call by the second, from .altinstr_replacement, and moves its
 * displacement.
 */
#define CALL_ALTERNATIVE(first, second)                                                  \
	({                                                                               \
		unsigned long result, dummy;                                             \
		asm volatile(                                                            \
			ALTERNATIVE("call " #first, "call " #second, X86_FEATURE_ALWAYS) \
			: "=a"(result), "=d"(dummy), ASM_CALL_CONSTRAINT                 \
			: CONSTANT(first), CONSTANT(second)                              \
			: "rcx", "rsi", "rdi", "r8", "r9", "r10", "r11", "cc",           \
			  "memory");                                                     \
		result;                                                                  \
	})

#endif
