// SPDX-License-Identifier: GPL-2.0-or-later
/* The address of a function and of variables, taken in code. */
#include <linux/init.h>

#include "features.h"

void feature_address(struct seq_file *m)
{
	seq_printf(m, "filesystems_proc_show %px\n", filesystems_proc_show);
	seq_printf(m, "saved_command_line %px\n", &saved_command_line);
	/* With an addend. */
	seq_printf(m, "acct_parm %px\n", &acct_parm[2]);
}
