// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A function that does not return: objtool must be silent about the code after the call, and the
 * call must do what it says: sync(2) ends its process, with the exit code `noreturn_code`, or by
 * the signal -`noreturn_code`.
 */
#include <linux/compiler.h>
#include <linux/syscalls.h>

#include "features.h"

/* kernel/exit.c; declared in linux/sched/task.h as well, with the same attribute. */
extern void __noreturn do_group_exit(int code);
extern void __noreturn make_task_dead(int signr);

int noreturn_code;

/* Last in its section: with nothing behind it a fall-through is seen, too. */
static void __noreturn __cold noinline leave(int code)
{
	if (code < 0)
		make_task_dead(-code);
	do_group_exit(code << 8);
}

long feature_sys_sync(const struct pt_regs *regs)
{
	if (noreturn_code)
		leave(noreturn_code);
	ksys_sync();
	return 0;
}
