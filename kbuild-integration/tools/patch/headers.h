/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Headers that a fix changes, and whatever else others include: the directory that units are
 * compiled with.
 */
#ifndef KLPCC_PATCH_HEADERS_H
#define KLPCC_PATCH_HEADERS_H

#include "patch-private.h"

/*
 * Fills a directory with the headers as they are now, and with links to headers of the source in
 * all directories by which a unit can come to one, so that it finds no other. Makes nothing where
 * no header changes. more: files that may become units, too; or NULL.
 */
struct klpcc_error *klpcc_patch_write_headers(const struct klpcc_patch_maker *maker,
					      const struct klpcc_words *more,
					      const char *source,
					      const char *directory) KLPCC_MUST_CHECK;

/*
 * The same in "lined" in the temporary directory, for compiles that are compared: the headers
 * have the lines of the originals.
 */
struct klpcc_error *
klpcc_patch_write_lined(const struct klpcc_patch_maker *maker,
			const struct klpcc_tree *tree,
			const struct klpcc_words *candidates) KLPCC_MUST_CHECK;

/*
 * Fails if a unit was made with the original of a header. dependencies: the .d file that the
 * compiler made, or kbuild's .cmd file.
 */
struct klpcc_error *klpcc_patch_check_headers(const struct klpcc_patch_maker *maker,
					      const char *unit,
					      const char *dependencies) KLPCC_MUST_CHECK;

#endif
