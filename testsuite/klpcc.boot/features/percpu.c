// SPDX-License-Identifier: GPL-2.0-or-later
/* A per-cpu variable of vmlinux: through this cpu's segment, and through the offsets table. */
#include <linux/cpumask.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched/stat.h>

#include "features.h"

DECLARE_PER_CPU(unsigned long, process_counts);

void feature_percpu(struct seq_file *m)
{
	unsigned long sum = 0;
	int before, after, cpu;

	preempt_disable();
	before = nr_processes();
	for_each_possible_cpu(cpu)
		sum += per_cpu(process_counts, cpu);
	this_cpu_add(process_counts, 1000);
	after = nr_processes();
	this_cpu_sub(process_counts, 1000);
	preempt_enable();
	seq_printf(m, "sum %lu\n", sum);
	seq_printf(m, "processes %d\n", before);
	seq_printf(m, "added %d\n", after - before);
	seq_printf(m, "address %px\n", &process_counts);
}
