// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * References out of one file from many sections: .text.unlikely, a section with a name of its
 * own, .init.text and .init.data, read-only after init, read-mostly, the alternatives.
 */
#include <linux/cache.h>
#include <linux/init.h>
#include <linux/kernel_stat.h>
#include <linux/sched/stat.h>

#include "features.h"

typedef int (*show_fn)(struct seq_file *m, void *v);

static show_fn late_const __ro_after_init = filesystems_proc_show;
static show_fn mostly __read_mostly = filesystems_proc_show;
static show_fn at_load __initdata = filesystems_proc_show;
static show_fn seen_at_load;
static int processes_at_load;

static noinline __cold int from_unlikely(void)
{
	return nr_processes();
}

static noinline __section(".text.klpcc_own") int from_own(void)
{
	return nr_processes();
}

static noinline __init show_fn from_init(void)
{
	return READ_ONCE(at_load);
}

void __init feature_sections_at_load(int processes)
{
	processes_at_load = processes;
	seen_at_load = from_init();
}

void feature_sections(struct seq_file *m)
{
	seq_printf(m, "processes %d\n", nr_processes());
	seq_printf(m, "unlikely %d\n", from_unlikely());
	seq_printf(m, "own %d\n", from_own());
	seq_printf(m, "init %d\n", processes_at_load);
	seq_printf(m, "init_data %px\n", seen_at_load);
	seq_printf(m, "ro_after_init %px\n", READ_ONCE(late_const));
	seq_printf(m, "read_mostly %px\n", READ_ONCE(mostly));
}

/* The kernel writes code when it applies the alternatives: the relocation must be there before. */
void feature_alternative(struct seq_file *m)
{
	unsigned long before = nr_context_switches();
	unsigned long got = CALL_ALTERNATIVE(nr_processes, nr_context_switches);

	seq_printf(m, "before %lu\n", before);
	seq_printf(m, "got %lu\n", got);
	seq_printf(m, "after %lu\n", (unsigned long)nr_context_switches());
	seq_printf(m, "processes %d\n", nr_processes());
}
