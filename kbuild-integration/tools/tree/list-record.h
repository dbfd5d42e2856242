/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The list of what a kernel is built of, kept with its tree: make takes seconds for it.
 */
#ifndef KLPCC_TREE_LIST_RECORD_H
#define KLPCC_TREE_LIST_RECORD_H

#include <time.h>

#include "../lib/file.h"
#include "tree.h"

/*
 * A line "+PATH" of the list is a file that it was made of, there or not, relative to the build.
 * The list counts for as long as none of them changes, and the Makefile that made it is the same.
 */

/* *ret stays empty when there is none that counts. */
struct klpcc_error *klpcc_list_record_read(const struct klpcc_tree *tree,
					   const char *makefile,
					   struct klpcc_buffer *ret) KLPCC_MUST_CHECK;

/*
 * since: seconds of the time when make began; what has changed from then on may be another file
 * than make read, and the list is not kept. Nor is that of modules outside of the tree, which takes
 * no time.
 */
struct klpcc_error *
klpcc_list_record_write(const struct klpcc_tree *tree, const char *makefile, time_t since,
			const struct klpcc_buffer *list) KLPCC_MUST_CHECK;

#endif
