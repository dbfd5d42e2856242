/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The fix: which files it changes, and how they are then. git reads and applies diffs.
 */
#ifndef KLPCC_PATCH_DIFF_H
#define KLPCC_PATCH_DIFF_H

#include "../lib/words.h"

/*
 * Copies the files that the diffs change from the directory source to the directory changed, and
 * applies the diffs there, one after the other. *ret: C files and headers, relative to both,
 * sorted. Refused is what no livepatch can be made of: assembler code, C files that are new, what
 * is removed or renamed, and what is not in source. Files without code do not count.
 */
struct klpcc_error *klpcc_diff_apply(char *const *diffs, size_t count, const char *source,
				     const char *changed,
				     struct klpcc_words *ret) KLPCC_MUST_CHECK;

#endif
