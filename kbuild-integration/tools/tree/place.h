/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The directory of a tree that is made: in the cache or where the user wants it, locked meanwhile,
 * and whole or seen not to be.
 */
#ifndef KLPCC_TREE_PLACE_H
#define KLPCC_TREE_PLACE_H

#include <stdbool.h>

#include "../lib/error.h"

/*
 * *ret: an absolute directory, which exists then. output: what the user names, or NULL: the cache,
 * by release and by what tells the kernel's sources apart.
 */
struct klpcc_error *klpcc_place_find(const char *output, const char *release,
				     const char *version, char **ret) KLPCC_MUST_CHECK;

/* Waits until nobody else makes a tree there. *ret: to be closed when it is made. */
struct klpcc_error *klpcc_place_lock(const char *directory, bool quiet,
				     int *ret) KLPCC_MUST_CHECK;

/*
 * Makes it ready for a new tree, with an empty directory for the build: removes what klpcc left
 * there, and refuses a directory with anything else in it.
 */
struct klpcc_error *klpcc_place_begin(const char *directory, bool quiet) KLPCC_MUST_CHECK;

/* Writes the stamp, by which the tree is whole. */
struct klpcc_error *klpcc_place_finish(const char *directory,
				       const char *stamp) KLPCC_MUST_CHECK;

#endif
