/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the parts of klpcc are: plugins and klpcc.h, seen from the tool itself. A build
 * directory and an installed tree can be moved as a whole.
 *
 *	             tool           plugin                           klpcc.h
 *	built        klpcc          [TRIPLET/]klpcc.so               include/
 *	installed    bin/klpcc      lib/klpcc/[TRIPLET/]klpcc.so     lib/klpcc/include/
 */
#ifndef KLPCC_LAYOUT_H
#define KLPCC_LAYOUT_H

#include <stddef.h>

#include "error.h"

/*
 * What the plugin says about itself in this section of its file: NUL-terminated strings
 * "version=", "gcc=", "target=" and "options=", as `readelf -p` shows. Only that GCC can load it;
 * the options are those that code of a patch needs on its machine, with blanks between.
 */
#define KLPCC_PLUGIN_SECTION ".klpcc.plugin"

struct klpcc_layout {
	char *parts;     /* directory of the native plugin */
	char **triplets; /* the compilers beside the native one that have a plugin, sorted */
	size_t triplet_count;
};

/* Looks around; that there is no plugin is not an error here. */
struct klpcc_error *klpcc_layout_init(struct klpcc_layout *layout) KLPCC_MUST_CHECK;
void klpcc_layout_deinit(struct klpcc_layout *layout);

/*
 * Absolute path of the plugin for a compiler; an error that says how to get it when it is
 * not there. triplet: as of a cross compiler, "" for the native one. *ret is malloc()ed.
 */
struct klpcc_error *klpcc_layout_plugin(const struct klpcc_layout *layout,
					const char *triplet, char **ret) KLPCC_MUST_CHECK;

/* The directory of klpcc.h; an error when it is not there. *ret is malloc()ed. */
struct klpcc_error *klpcc_layout_include(const struct klpcc_layout *layout,
					 char **ret) KLPCC_MUST_CHECK;

#endif
