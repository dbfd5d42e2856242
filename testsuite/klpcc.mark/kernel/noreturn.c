// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Calls to a function that does not return, wherever a compiler can put one: in the middle,
 * last in a function, in a cold section, in init text, behind a switch.
 */
#include <linux/compiler.h>
#include <linux/init.h>
#include <linux/printk.h>

extern void __noreturn make_task_dead(int signr);

void leave(int value);
void cold_leave(int value);
int middle(int value);
int choose(int value);
int init_leave(int value);

void leave(int value)
{
	pr_info("leaving\n");
	make_task_dead(value);
}

void __cold cold_leave(int value)
{
	if (value == 3) {
		pr_info("leaving\n");
		make_task_dead(value);
	}
	pr_info("staying\n");
}

int middle(int value)
{
	if (unlikely(value))
		make_task_dead(value);
	return value + 1;
}

int choose(int value)
{
	switch (value) {
	case 1:
		make_task_dead(2);
	case 2:
		cold_leave(value);
		return middle(value);
	default:
		make_task_dead(value + 1);
	}
}

int __init init_leave(int value)
{
	if (value)
		make_task_dead(value);
	return 0;
}
