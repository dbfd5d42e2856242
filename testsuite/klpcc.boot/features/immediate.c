// SPDX-License-Identifier: GPL-2.0-or-later
/* "i" operands: an absolute 32-bit place in code, and a quad word in a section of its own. */
#include "features.h"

extern void *feature_immediate_quad;

asm(".pushsection .data.klpcc_quad, \"aw\"\n"
    ".globl feature_immediate_quad\n"
    "feature_immediate_quad:\n"
    ".popsection");

void feature_immediate(struct seq_file *m)
{
	void *address = IMMEDIATE(filesystems_proc_show);

	asm volatile(".pushsection .data.klpcc_quad, \"aw\"\n"
		     ".quad " CONSTANT_TEXT(0) "\n"
					       ".popsection"
		     :
		     : CONSTANT(&acct_parm[1]));
	seq_printf(m, "immediate %px\n", address);
	seq_printf(m, "quad %px\n", feature_immediate_quad);
}
