// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A name that vmlinux has twice: defrag_show() of mm/huge_memory.c and of mm/khugepaged.c, behind
 * two files in /sys/kernel/mm/transparent_hugepage.
 */
#include <linux/gfp.h>
#include <linux/kobject.h>
#include <klpcc.h>

#include "features.h"

extern ssize_t first_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
	klp_name("defrag_show") klp_sympos(1);
extern ssize_t second_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
	klp_name("defrag_show") klp_sympos(2);

void feature_duplicate(struct seq_file *m)
{
	/* sysfs_emit() wants a page. */
	char *page = (char *)__get_free_page(GFP_KERNEL);

	if (!page)
		return;
	first_show(NULL, NULL, page);
	seq_printf(m, "first %s", page);
	second_show(NULL, NULL, page);
	seq_printf(m, "second %s", page);
	seq_printf(m, "address 1 %px\n", first_show);
	seq_printf(m, "address 2 %px\n", second_show);
	free_page((unsigned long)page);
}
