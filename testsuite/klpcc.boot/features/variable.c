// SPDX-License-Identifier: GPL-2.0-or-later
/* A static variable of vmlinux is read, and written so that user space sees it. */
#include "features.h"

void feature_variable(struct seq_file *m)
{
	seq_printf(m, "%d %d %d\n", acct_parm[0], acct_parm[1], acct_parm[2]);
	acct_parm[0]++;
	acct_parm[2] = 77;
}
