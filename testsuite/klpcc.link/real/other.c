// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The second file of the module: a call into a module of the target, and one through a pointer,
 * which the kernel has go through a thunk.
 */
#include <linux/compiler.h>

extern int start(int value) asm("start.klp.kvm") __attribute__((weak));

int other(int value);

static int (*hook)(int value);

int other(int value)
{
	int (*call)(int value) = READ_ONCE(hook);

	if (call)
		value = call(value) + 1;
	return value > 1 ? start(value) : value;
}
