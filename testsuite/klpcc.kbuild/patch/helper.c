// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The second object of the module: takes a function of vmlinux without an export.
 */
#include <linux/sched/stat.h>

#include "helper.h"

int helper_processes(void)
{
	return nr_processes();
}
