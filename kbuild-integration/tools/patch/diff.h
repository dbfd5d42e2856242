/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The fix: which files it changes, and how they are then. git reads and applies diffs.
 */
#ifndef KLPCC_PATCH_DIFF_H
#define KLPCC_PATCH_DIFF_H

#include "patch-private.h"

/*
 * Copies the files that the diffs change from the tree's source to the directory changed, and
 * applies the diffs there, one after the other. maker->files gets them, relative to both, sorted;
 * one that the fix removes is not in changed. Left out is what has no code, or none that this
 * kernel could have. Refused is what is new, headers apart, or outside of the source.
 */
struct klpcc_error *klpcc_diff_apply(struct klpcc_patch_maker *maker,
				     const struct klpcc_tree *tree,
				     const char *changed) KLPCC_MUST_CHECK;

#endif
