// SPDX-License-Identifier: GPL-2.0-or-later
/* A direct call of a static function of vmlinux, with arguments. */
#include "features.h"

void feature_call(struct seq_file *m)
{
	filesystems_proc_show(m, NULL);
}
