// SPDX-License-Identifier: GPL-2.0-or-later
/* Each copy of the code has its own: what macros name, and what is in such a section. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

#define NAMED(name)                            \
	do {                                   \
		static int name;               \
		name = x;                      \
		asm volatile("" ::"r"(&name)); \
	} while (0)
#define PLACED(name, section)                       \
	do {                                        \
		static int __section(section) name; \
		name = x;                           \
		asm volatile("" ::"r"(&name));      \
	} while (0)
#define CONSTANT(name, text)                              \
	do {                                              \
		static const char name[] = text;          \
		asm volatile("" ::"r"(name), "r"(&name)); \
	} while (0)

int replaced(int x)
{
#ifdef FIXED
	x++;
#endif
	asm volatile("" ::"r"(__func__), "r"(__FUNCTION__), "r"(__PRETTY_FUNCTION__));
	NAMED(__already_done);
	NAMED(__warned);
	NAMED(__print_once);
	NAMED(_rs);
	NAMED(__key);
	CONSTANT(_entry, "an entry of .printk_index");
	CONSTANT(__msg, "a message of netlink");
	PLACED(in_once, ".data.once");
	PLACED(in_once_now, ".data..once");
	PLACED(in_debug, "__dyndbg");
	PLACED(in_index, ".printk_index");
	PLACED(in_format, "__trace_printk_fmt");
	PLACED(in_text, "__tracepoint_str");
	PLACED(in_annotated, "_ftrace_annotated_branch");
	PLACED(in_branch, "_ftrace_branch");
	PLACED(in_list, "_ftrace_eval_map");
	return x;
}

/* { dg-final { scan-symbols "OBJECT LOCAL DEFAULT \[0-9\]+ __func__\.\[0-9\]+$" } } */
/* { dg-final { scan-symbols "OBJECT LOCAL DEFAULT \[0-9\]+ __FUNCTION__\.\[0-9\]+$" } } */
/* { dg-final { scan-symbols "OBJECT LOCAL DEFAULT \[0-9\]+ __PRETTY_FUNCTION__\.\[0-9\]+$" } } */
/* { dg-final { scan-symbols-times "OBJECT LOCAL DEFAULT \[0-9\]+ (__already_done|__warned|__print_once|_rs|__key)\.\[0-9\]+$" 5 } } */
/* { dg-final { scan-symbols-times "OBJECT LOCAL DEFAULT \[0-9\]+ (_entry|__msg)\.\[0-9\]+$" 2 } } */
/* { dg-final { scan-symbols-times "OBJECT LOCAL DEFAULT \[0-9\]+ in_\[a-z_\]+\.\[0-9\]+$" 9 } } */
/* { dg-final { scan-symbols-not "\[.\]klp\[.\]" } } */
