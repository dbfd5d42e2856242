/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Written: what GCC says of a function when it writes its assembler text.
 */
#ifndef KLPCC_WRITTEN_H
#define KLPCC_WRITTEN_H

#include "gcc-compat.h"

struct klpcc_written {
	bool has_entry; /* a place where ftrace can hook it: a call or NOPs for that */
	bool is_split;  /* its cold part is a symbol of its own, NAME.cold */
};

/* Has each function noted that is written. Call it once, from plugin_init(). */
void klpcc_written_register(const char *plugin_name);

/* NULL when no text of that function was written until now. A clone is another function. */
const struct klpcc_written *klpcc_written_find(tree function);

/* The assembler names of those that are split, in the order of the text. */
const vec<const char *> &klpcc_written_split(void);

#endif
