/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The livepatches that are installed for a kernel, to be loaded at each boot:
 *
 *	/lib/modules/RELEASE/updates/klpcc/         them, and the resolver
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
	int lock;                 /* a descriptor + 1; 0: none */
};

/* Reads the list; a missing one is empty. root: NULL for this system. */
struct klpcc_error *klpcc_installed_read(const char *root, const char *release,
					 struct klpcc_installed *ret) KLPCC_MUST_CHECK;
void klpcc_installed_deinit(struct klpcc_installed *installed);

/*
 * The same for who changes it: waits for others that do, who wait then until this is deinitialized.
 * It is an error if that kernel is not installed.
 */
struct klpcc_error *klpcc_installed_lock(const char *root, const char *release,
					 struct klpcc_installed *ret) KLPCC_MUST_CHECK;

/* The path of a file in the directory. malloc()ed; NULL without memory. */
char *klpcc_installed_path(const struct klpcc_installed *installed, const char *file);

/* The file of the list that is the module of this name; NULL: there is none. */
const char *klpcc_installed_find(const struct klpcc_installed *installed,
				 const char *name);

/* The path of a module's file that is there, listed or not; *ret is NULL where there is none. */
struct klpcc_error *klpcc_installed_locate(const struct klpcc_installed *installed,
					   const char *name, char **ret) KLPCC_MUST_CHECK;

/* Copies a file there, so that it is on the disk when this returns. */
struct klpcc_error *klpcc_installed_copy(const struct klpcc_installed *installed,
					 const char *path) KLPCC_MUST_CHECK;

/* Has the list name this file, in the place of another one of the same module, or at its end. */
struct klpcc_error *klpcc_installed_add(struct klpcc_installed *installed,
					const char *file) KLPCC_MUST_CHECK;

/* Takes the module off the list. */
struct klpcc_error *klpcc_installed_drop(struct klpcc_installed *installed,
					 const char *name) KLPCC_MUST_CHECK;

/*
 * Removes the module's files but for this one (NULL: all of them): with another compression, or
 * what an install left that did not come to its end.
 */
struct klpcc_error *klpcc_installed_clean(const struct klpcc_installed *installed,
					  const char *name,
					  const char *file) KLPCC_MUST_CHECK;

/* Removes the directory when no patch is in it any more, with the resolver. */
struct klpcc_error *
klpcc_installed_tidy(const struct klpcc_installed *installed) KLPCC_MUST_CHECK;

/* Makes what was changed in a directory last. */
struct klpcc_error *klpcc_installed_sync(const char *directory) KLPCC_MUST_CHECK;

/* Has depmod make modprobe's tables anew. */
struct klpcc_error *
klpcc_installed_depmod(const struct klpcc_installed *installed) KLPCC_MUST_CHECK;

#endif
