// SPDX-License-Identifier: GPL-2.0-or-later
/* Flags of macros that work once, names of functions and keys of lockdep belong to each copy of the code. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

void report(const char *function, const void *key);
void report(const char *function, const void *key)
{
	asm volatile("" ::"r"(function), "r"(key));
}

int replaced(int x)
{
	static _Bool __section(".data.once") __already_done;
	static char __key[8];

#ifdef FIXED
	x++;
	/* One more than the original has. */
	{
		static _Bool __section(".data.once") __already_done = FIXED;

		asm volatile("" ::"r"(&__already_done));
	}
#endif
	if (x < 0 && !__already_done) {
		__already_done = 1;
		report(__func__, __key);
	}
	return x;
}

/* { dg-final { scan-symbols-times "OBJECT LOCAL DEFAULT \[0-9\]+ __already_done\.\[0-9\]+$" 2 } } */
/* { dg-final { scan-symbols "OBJECT LOCAL DEFAULT \[0-9\]+ __key\.\[0-9\]+$" } } */
/* { dg-final { scan-symbols-not "(__already_done|__key|__func__)\.\[0-9\]+\.klp" } } */
/* { dg-final { scan-sections "\.data\.once PROGBITS" } } */
