/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Headers that a fix changes, and whatever else is no file of its own: which files of the kernel
 * include them, and how these are compiled with them.
 */
#ifndef KLPCC_PATCH_HEADERS_H
#define KLPCC_PATCH_HEADERS_H

#include "patch-private.h"

/*
 * Sorts what the fix changes. Files get the names by which the kernel's configuration builds them;
 * those that it does not build are headers, too, if others include them, and otherwise an error.
 * Then files that include a header are added, behind the others, if their code can change with it;
 * and the temporary directory has the headers in "lined", with the lines of the originals. Where no
 * header changes, and kbuild has built all files before, nothing has to be looked for.
 */
struct klpcc_error *
klpcc_patch_sort_files(struct klpcc_patch_maker *maker,
		       const struct klpcc_tree *tree) KLPCC_MUST_CHECK;

/*
 * Fills a directory with the headers as they are now, and with links to headers of the source in
 * all directories by which a unit can come to one, so that it finds no other. Makes nothing where
 * no header changes.
 */
struct klpcc_error *klpcc_patch_write_headers(const struct klpcc_patch_maker *maker,
					      const char *source,
					      const char *directory) KLPCC_MUST_CHECK;

/*
 * Fails if a unit was made with the original of a header. dependencies: the .d file that the
 * compiler made, or kbuild's .cmd file.
 */
struct klpcc_error *klpcc_patch_check_headers(const struct klpcc_patch_maker *maker,
					      const char *unit,
					      const char *dependencies) KLPCC_MUST_CHECK;

#endif
