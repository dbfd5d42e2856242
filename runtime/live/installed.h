/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The livepatches that are installed for a kernel, to be loaded at each boot:
 *
 *	/lib/modules/RELEASE/updates/klpcc/          them, and the resolver
 *	/lib/modules/RELEASE/updates/klpcc/order    their files, in the order of loading
 *
 * The list counts: a file that is in no list is not loaded. Everything is on the disk before the
 * list says so, and modprobe's tables come last and are not needed to load them.
 */
#ifndef KLPCC_LIVE_INSTALLED_H
#define KLPCC_LIVE_INSTALLED_H

#include <lib/words.h>

#include "modules.h"

/* Where the patches of a kernel are. */
struct klpcc_installed {
	char *root; /* before /lib/modules: "" or the directory of another system */
	char *release;
	char *directory;
	struct klpcc_words files; /* of the list, in its order */
};

/* Reads the list; a missing one is empty. root: NULL for this system. */
struct klpcc_error *klpcc_installed_read(const char *root, const char *release,
					 struct klpcc_installed *ret) KLPCC_MUST_CHECK;
void klpcc_installed_deinit(struct klpcc_installed *installed);

/* The path of a file in the directory. malloc()ed; NULL without memory. */
char *klpcc_installed_path(const struct klpcc_installed *installed, const char *file);

/* The file of the list that is the module of this name; NULL: there is none. */
const char *klpcc_installed_find(const struct klpcc_installed *installed,
				 const char *name);

/* Copies a file there, so that it is on the disk when this returns. */
struct klpcc_error *klpcc_installed_copy(const struct klpcc_installed *installed,
					 const char *path) KLPCC_MUST_CHECK;

/* Adds the file at the end of the list, or leaves it there. Another file of that module goes. */
struct klpcc_error *klpcc_installed_add(struct klpcc_installed *installed,
					const char *file) KLPCC_MUST_CHECK;

/* Takes the file off the list, then removes it. */
struct klpcc_error *klpcc_installed_remove(struct klpcc_installed *installed,
					   const char *file) KLPCC_MUST_CHECK;

/* Removes the directory when no patch is in it any more, with the resolver. */
struct klpcc_error *
klpcc_installed_tidy(const struct klpcc_installed *installed) KLPCC_MUST_CHECK;

/* Has depmod make modprobe's tables anew. */
struct klpcc_error *
klpcc_installed_depmod(const struct klpcc_installed *installed) KLPCC_MUST_CHECK;

#endif
