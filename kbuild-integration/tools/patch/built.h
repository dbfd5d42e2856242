/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel's configuration builds, by the names that files have in diffs.
 */
#ifndef KLPCC_PATCH_BUILT_H
#define KLPCC_PATCH_BUILT_H

#include <stdbool.h>

#include "../tree/list.h"

/* The files of the kernel by their plain names, and as kbuild calls them. */
struct klpcc_patch_built {
	struct klpcc_tree_list
		list; /* sorted: what is built by names without "..", and what other rules make */
	struct klpcc_tree_includes *includes;
};

/* Reads both, once. After a failure, too, it is to be deinitialised. */
struct klpcc_error *
klpcc_patch_read_built(const struct klpcc_tree *tree,
		       struct klpcc_patch_built *built) KLPCC_MUST_CHECK;
void klpcc_patch_deinit_built(struct klpcc_patch_built *built);

/* The first name of a file, NULL: it is not built. name: without "..". */
char **klpcc_patch_find_built(const struct klpcc_patch_built *built, const char *name);

/* Adds all names of the file, as more than one Makefile may build it. */
struct klpcc_error *klpcc_patch_add_built(const struct klpcc_patch_built *built,
					  const char *name,
					  struct klpcc_words *ret) KLPCC_MUST_CHECK;

/* What the kernel has of a file. */
enum klpcc_patch_use {
	KLPCC_USE_BUILT,
	KLPCC_USE_INCLUDED, /* in one that is built, it may be */
	KLPCC_USE_NONE,
	KLPCC_USE_UNKNOWN, /* other rules make what it is in, or none that was found */
};

/* A header that nothing includes has no use. file: without "..". */
struct klpcc_error *klpcc_patch_find_use(const struct klpcc_tree *tree,
					 const struct klpcc_patch_built *built,
					 const char *file,
					 enum klpcc_patch_use *ret) KLPCC_MUST_CHECK;

#endif
