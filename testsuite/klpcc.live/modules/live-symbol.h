/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A patch that calls what LIVE_SYMBOL names, NAME,POSITION of vmlinux. It is a mark as other tools
 * write it, and no index is asked about it when the plugin does not compile this.
 */
#include "live.h"

extern int live_symbol(struct seq_file *m,
		       void *v) __asm__("\".klp.sym.rela.vmlinux.vmlinux." LIVE_SYMBOL
					"\"") __weak;

static int live_version(struct seq_file *m, void *v)
{
	return live_symbol(m, v);
}

LIVE_FUNCTION("version_proc_show", live_version);
LIVE_PATCH("a symbol that is not there");
