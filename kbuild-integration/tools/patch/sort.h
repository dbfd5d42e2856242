/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files of the kernel a fix concerns: those that it changes, and those that include one.
 */
#ifndef KLPCC_PATCH_SORT_H
#define KLPCC_PATCH_SORT_H

#include "patch-private.h"

/*
 * Sorts what the fix changes. Files get the names by which the kernel's configuration builds them;
 * those that it does not build are headers, too, if others include them. What it leaves out is left
 * out here, if it is not all. An error is what is neither, or not C. Then files that include a
 * header are added, behind the others, if their code can change with it; and the temporary
 * directory has the headers in "lined", with the lines of the originals. Where no header changes,
 * and kbuild has built all files before, nothing has to be looked for.
 */
struct klpcc_error *
klpcc_patch_sort_files(struct klpcc_patch_maker *maker,
		       const struct klpcc_tree *tree) KLPCC_MUST_CHECK;

#endif
