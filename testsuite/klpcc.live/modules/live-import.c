// SPDX-License-Identifier: GPL-2.0-or-later
/* Needs live-provider.c, which exports something. */
#include "live.h"

extern int live_provided(void);

static int live_version(struct seq_file *m, void *v)
{
	seq_printf(m, "import %d\n", live_provided());
	return 0;
}

LIVE_FUNCTION("version_proc_show", live_version);
LIVE_PATCH("needs another module");
