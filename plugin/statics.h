/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Statics: what identifies a static variable of a function from one compilation to another.
 *
 * GCC names it x.45 in the assembler text, and the number changes with any edit of the file. It
 * is given when GCC first asks for the name, which for all that are in use is when the unit is
 * parsed. DECL_ASSEMBLER_NAME () of another one, or before that, would change the names of the
 * others: so the plugin asks only where DECL_ASSEMBLER_NAME_SET_P () says that there is one.
 */
#ifndef KLPCC_STATICS_H
#define KLPCC_STATICS_H

#include "gcc-compat.h"

struct klpcc_static {
	tree decl;            /* lives as long as the compiler runs */
	const char *function; /* as the source names it */
	const char *name;     /* the same */
	unsigned int
		ordinal; /* among those with both names, in the order of the source; from 0 */
	unsigned int namesakes; /* how many have both names, with this one */
};

/* Has each static variable remembered as soon as it is parsed. Call it once, from plugin_init(). */
void klpcc_statics_register(const char *plugin_name);

/*
 * Those of all functions that were parsed, used or not, in the order of the source.
 * Complete when the unit is parsed (PLUGIN_ALL_IPA_PASSES_START).
 */
const vec<struct klpcc_static> &klpcc_statics(void);

/* NULL when the declaration is not a static variable of a function. */
const struct klpcc_static *klpcc_static_find(tree decl);

#endif
