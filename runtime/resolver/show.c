// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * /sys/kernel/debug/klpcc/modules: what the resolver knows.
 *
 * A line for each section of each served module:
 *
 *	MODULE SECTION GATE RELOCATIONS applied|waiting
 */
#include <linux/debugfs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>

#include "resolver.h"

static struct dentry *directory;

static void show_section(struct seq_file *file, const struct klpcc_patch *patch,
			 const struct klpcc_section *section)
{
	seq_printf(file, KLPCC_NAME " %s %s %u %s\n", klpcc_name(patch->mod->name),
		   section->name, klpcc_gate(patch, section), section->count,
		   section->state == KLPCC_APPLIED ? "applied" : "waiting");
}

static int modules_show(struct seq_file *file, void *unused)
{
	const struct klpcc_section *section;
	struct klpcc_patch *patch;

	mutex_lock(&klpcc_lock);
	list_for_each_entry(patch, &klpcc_patches, list) {
		for_each_section(patch, section) {
			show_section(file, patch, section);
			cond_resched();
		}
	}
	mutex_unlock(&klpcc_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(modules);

/* Nothing depends on debugfs: without it the file is just not there. */
void klpcc_show_init(void)
{
	directory = debugfs_create_dir("klpcc", NULL);
	debugfs_create_file("modules", 0400, directory, NULL, &modules_fops);
}

void klpcc_show_exit(void)
{
	debugfs_remove_recursive(directory);
}
