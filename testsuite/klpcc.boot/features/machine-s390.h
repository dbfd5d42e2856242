/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * s390: how its code names a symbol where no compiler does it. machine-x86.h has the same for the
 * other machine.
 */
#ifndef MACHINE_S390_H
#define MACHINE_S390_H

#include <asm/alternative.h>

#define SYS_SYNC "__s390x_sys_sync"

/* Like "i", and takes a symbol in position independent code, too. */
#define CONSTANT "jdd"
#define CONSTANT_TEXT(number) "%" #number

/* With the frame that the caller of a function gives it. */
#define ASM_CALL(function)                                                     \
	({                                                                     \
		register long result asm("2");                                 \
		asm volatile("aghi %%r15, -160\n\tbrasl %%r14, " #function     \
			     "\n\taghi %%r15, 160"                             \
			     : "=d"(result)                                    \
			     :                                                 \
			     : "0", "1", "3", "4", "5", "14", "cc", "memory"); \
		(int)result;                                                   \
	})

/* An int, by way of the GOT. */
#define ASM_READ(variable)                                                    \
	({                                                                    \
		long value;                                                   \
		asm volatile("lgrl %0, " #variable "@GOTENT\n\tlgf %0, 0(%0)" \
			     : "=a"(value));                                  \
		(int)value;                                                   \
	})

#define ASM_ADDRESS(function)                                        \
	({                                                           \
		void *address;                                       \
		asm volatile("larl %0, " #function : "=d"(address)); \
		address;                                             \
	})

/* llilf %r1: 32 bits of the instruction itself. The assembler takes no symbol for it. */
#define LOAD_ADDRESS(symbol) ".short 0xc01f\n\t.long " symbol

/* vmlinux lies below 4 GiB as long as nobody moves it. */
#define IMMEDIATE(symbol)                                          \
	({                                                         \
		void *address;                                     \
		asm volatile(LOAD_ADDRESS("%1") "\n\tlgr %0, %%r1" \
			     : "=d"(address)                       \
			     : CONSTANT(symbol)                    \
			     : "1");                               \
		address;                                           \
	})

/*
 * The kernel copies the replacement as it is, so no distance can stand in it: it is the address
 * that differs. Facility 21 is the extended immediate, which this very code is made of.
 */
#define CALL_ALTERNATIVE(first, second)                                               \
	({                                                                            \
		unsigned long (*function)(void);                                      \
		asm volatile(ALTERNATIVE(LOAD_ADDRESS(#first), LOAD_ADDRESS(#second), \
					 21) "\n\tlgr %0, %%r1"                       \
			     : "=d"(function)                                         \
			     : CONSTANT(first), CONSTANT(second)                      \
			     : "1");                                                  \
		function();                                                           \
	})

#endif
