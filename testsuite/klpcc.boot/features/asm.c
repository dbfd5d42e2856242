// SPDX-License-Identifier: GPL-2.0-or-later
/* Names that only asm text uses. The compiler does not read it, so klp_used says so. */
#include <linux/compiler.h>
#include <linux/sched/stat.h>
#include <klpcc.h>

#include "features.h"

extern int sysctl_sched_child_runs_first klp_used;
extern int nr_processes(void) klp_used;

void feature_asm(struct seq_file *m)
{
	int processes = ASM_CALL(nr_processes);
	int first = ASM_READ(sysctl_sched_child_runs_first);
	void *address = ASM_ADDRESS(nr_processes);

	seq_printf(m, "called %d\n", processes);
	seq_printf(m, "processes %d\n", nr_processes());
	seq_printf(m, "first %d\n", first);
	seq_printf(m, "address %px\n", address);
}
