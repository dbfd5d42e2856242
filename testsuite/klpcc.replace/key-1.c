// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Branches on static keys: of the file itself, of another file, of one that exports it, and of the
 * message that may be printed at this place. What replaced code does not reach adds no entry to a list.
 */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"
#include "tracepoint.h"

struct message {
	const char *function;
	struct static_key key;
};

struct static_key own_key;
static struct static_key static_key;
extern struct static_key key_elsewhere, late_variable;

#define print(line)                                                                      \
	do {                                                                             \
		static struct message __section("__dyndbg") __UNIQUE_ID_ddebug##line = { \
			__func__,                                                        \
		};                                                                       \
		if (static_key_false(&__UNIQUE_ID_ddebug##line.key))                     \
			asm volatile("" ::"r"(&__UNIQUE_ID_ddebug##line));               \
	} while (0)
#ifdef __x86_64__
#define BUG_ENTRY ".long 1b - ."
#else
#define BUG_ENTRY ".long 1b - ., 0"
#endif
#define warn()                                                             \
	asm volatile("1:\n\t.pushsection __bug_table,\"aw\"\n\t" BUG_ENTRY \
		     "\n\t.popsection")

/* As get_user() and static_cpu_has() do. */
#define fault()                                                                    \
	asm volatile(                                                              \
		"2:\n\t.pushsection __ex_table,\"a\"\n\t.long 2b - ., 2b - ., 3\n" \
		"\t.popsection\n\t.pushsection .altinstructions,\"a\"\n"           \
		"\t.long 2b - ., 3f - .\n\t.popsection\n"                          \
		"\t.pushsection .altinstr_replacement,\"ax\"\n3:\tnop\n\t.popsection")

void enable(void)
{
	own_key.enabled++;
	static_key.enabled++;
}

int unrelated(int x)
{
	warn();
	fault();
	print(100);
	if (static_key_false(&own_key))
		return elsewhere(x);
	return x;
}

int replaced(int x)
{
#ifdef FIXED
	x++;
#endif
	print(200);
	warn();
	fault();
	if (static_key_false(&own_key))
		x += elsewhere(x);
	if (static_key_false(&static_key))
		x -= elsewhere(x);
	if (static_key_false(&key_elsewhere))
		x ^= elsewhere(x);
	if (static_key_false(&late_variable))
		x *= elsewhere(x);
	return x;
}

/* { dg-final { scan-relocs "(X86_64|390)_64 \[0-9a-f\]* ?own_key\.klp\.vmlinux" } } */
/* { dg-final { scan-relocs "(X86_64|390)_64 \[0-9a-f\]* ?static_key\.klp\.vmlinux" } } */
/* { dg-final { scan-relocs "(X86_64|390)_64 \[0-9a-f\]* ?key_elsewhere\.klp\.vmlinux" } } */
/* { dg-final { scan-relocs "(X86_64|390)_64 \[0-9a-f\]* ?late_variable " } } */
/* { dg-final { scan-symbols "OBJECT LOCAL DEFAULT \[0-9\]+ __UNIQUE_ID_ddebug200\.\[0-9\]+$" } } */
/* { dg-final { scan-symbols-not "ddebug100|unrelated|enable" } } */
/* { dg-final { scan-assembler-times "pushsection __bug_table" 1 } } */
/* { dg-final { scan-assembler-times "pushsection __ex_table" 1 } } */
/* { dg-final { scan-assembler-times "pushsection \.altinstructions" 1 } } */
/* { dg-final { scan-assembler-times "pushsection __jump_table" 5 } } */
/* { dg-final { scan-sections "__dyndbg PROGBITS" } } */
