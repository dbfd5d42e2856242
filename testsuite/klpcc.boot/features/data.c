// SPDX-License-Identifier: GPL-2.0-or-later
/* Pointers in initialised data: writable and constant, function and variable, with addend. */
#include "features.h"

struct refs {
	int (*show)(struct seq_file *m, void *v);
	int *number;
};

/* Not static and not constant, so that the compiler must read them. */
struct refs feature_data_refs = { filesystems_proc_show, &acct_parm[1] };
const struct refs feature_data_const_refs = { filesystems_proc_show, &acct_parm[2] };

void feature_data(struct seq_file *m)
{
	const struct refs *volatile constant = &feature_data_const_refs;

	seq_printf(m, "data %px %px\n", feature_data_refs.show, feature_data_refs.number);
	seq_printf(m, "rodata %px %px\n", constant->show, constant->number);
	seq_printf(m, "numbers %d %d\n", *feature_data_refs.number, *constant->number);
	feature_data_refs.show(m, NULL);
}
