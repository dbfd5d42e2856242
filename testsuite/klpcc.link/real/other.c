// SPDX-License-Identifier: GPL-2.0-or-later
/* The second file of the module: a call into a module of the target. */
extern int start(int value) asm("start.klp.kvm") __attribute__((weak));

int other(int value);

int other(int value)
{
	return value > 1 ? start(value) : value;
}
