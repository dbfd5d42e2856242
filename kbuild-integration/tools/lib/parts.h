/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the parts of klpcc are: plugins, klpcc.h, klpcc.mk and boot/run, found from the tool's own
 * place. So a build directory or an installed tree can be moved as a whole.
 *
 *	             tool        plugin and klpcc.mk               klpcc.h
 *	built        klpcc       [TRIPLET/]klpcc.so                include/
 *	installed    bin/klpcc   lib/klpcc/[TRIPLET/]klpcc.so      lib/klpcc/include/
 *
 * boot/run is beside klpcc.mk. In a build directory both are links.
 */
#ifndef KLPCC_PARTS_H
#define KLPCC_PARTS_H

#include <stddef.h>

#include "error.h"

/*
 * What the plugin says about itself in this section of its file: NUL-terminated strings
 * "version=", "gcc=", "target=" and "options=", as `readelf -p` shows. Only that GCC can load the
 * plugin. The options, separated by blanks, are those that a patch needs on that GCC's machine.
 */
#define KLPCC_PLUGIN_SECTION ".klpcc.plugin"

struct klpcc_parts {
	char *directory; /* of the native plugin */
	char **triplets; /* of the cross compilers that have a plugin, sorted */
	size_t triplet_count;
};

/* Finds the directory and the triplets. A missing plugin is not an error here. */
struct klpcc_error *klpcc_parts_init(struct klpcc_parts *parts) KLPCC_MUST_CHECK;
void klpcc_parts_deinit(struct klpcc_parts *parts);

/*
 * The absolute path of the plugin for a compiler; if it is missing, an error that says how to get
 * it. triplet: of a cross compiler, "" for the native one. *ret is malloc()ed.
 */
struct klpcc_error *klpcc_parts_plugin(const struct klpcc_parts *parts,
				       const char *triplet, char **ret) KLPCC_MUST_CHECK;

/* The directory of klpcc.h; an error if it is missing. *ret is malloc()ed. */
struct klpcc_error *klpcc_parts_include(const struct klpcc_parts *parts,
					char **ret) KLPCC_MUST_CHECK;

/* The directory of headers for fixes that were written for other tools; the same. */
struct klpcc_error *klpcc_parts_compat(const struct klpcc_parts *parts,
				       char **ret) KLPCC_MUST_CHECK;

/* The path of klpcc.mk, as the directory of a patch includes it; the same. */
struct klpcc_error *klpcc_parts_makefile(const struct klpcc_parts *parts,
					 char **ret) KLPCC_MUST_CHECK;

/* The path of boot/run, which boots a kernel in qemu; the same. Its other files are beside it. */
struct klpcc_error *klpcc_parts_boot(const struct klpcc_parts *parts,
				     char **ret) KLPCC_MUST_CHECK;

#endif
