// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A static key that vmlinux keeps to itself. The branch below is code that the kernel patches
 * when the key is flipped (kernel.sched_schedstats in sysctl), after the load too.
 */
#include <linux/jump_label.h>

#include "features.h"

DECLARE_STATIC_KEY_FALSE(sched_schedstats);

void feature_key(struct seq_file *m)
{
	if (static_branch_unlikely(&sched_schedstats))
		seq_puts(m, "unlikely on\n");
	else
		seq_puts(m, "unlikely off\n");
	if (static_branch_likely(&sched_schedstats))
		seq_puts(m, "likely on\n");
	else
		seq_puts(m, "likely off\n");
}
