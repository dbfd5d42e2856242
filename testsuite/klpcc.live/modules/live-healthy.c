// SPDX-License-Identifier: GPL-2.0-or-later
/* Nothing is wrong with it: it replaces one function of vmlinux and calls another one. */
#include "live.h"

/* static in fs/proc/uptime.c */
extern int uptime_proc_show(struct seq_file *m, void *v);

static int live_version(struct seq_file *m, void *v)
{
	seq_puts(m, "healthy ");
	return uptime_proc_show(m, v);
}

LIVE_FUNCTION("version_proc_show", live_version);
LIVE_PATCH("a healthy patch");
