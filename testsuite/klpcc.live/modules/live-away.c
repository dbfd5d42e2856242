// SPDX-License-Identifier: GPL-2.0-or-later
/* Takes something of live-sleeper.c at once, although it waits for vmlinux only. */
#include "live.h"
#include <klpcc.h>

extern int live_sleeper_releases klp_object("live_sleeper") klp_gate("vmlinux");

static int live_version(struct seq_file *m, void *v)
{
	seq_printf(m, "away %d\n", live_sleeper_releases);
	return 0;
}

LIVE_FUNCTION("version_proc_show", live_version);
LIVE_PATCH("needs a module that is not there");
