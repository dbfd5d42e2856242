/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Line numbers of a changed source, and its name: those of the original, so that code nobody
 * changed does not differ by __LINE__ or __FILE__.
 */
#ifndef KLPCC_PATCH_LINES_H
#define KLPCC_PATCH_LINES_H

#include <stdbool.h>

#include "../lib/error.h"

/* `diff -U0` from the original to the changed file. *ret: its hunks, malloc()ed. */
struct klpcc_error *klpcc_lines_read_hunks(const char *original, const char *changed,
					   char **ret) KLPCC_MUST_CHECK;

/* Is a line from first to last of the original changed or removed, or are some added among them? */
bool klpcc_lines_touch(const char *hunks, unsigned long first, unsigned long last);

/*
 * Writes the changed source to output, with #line after each place where lines were added or
 * removed. Inside of a comment or a line that goes on, the next line that is neither must do.
 * name: of the original where the compiler has it, for __FILE__ and for what UBSAN reports.
 */
struct klpcc_error *klpcc_lines_keep(const char *original, const char *changed,
				     const char *name,
				     const char *output) KLPCC_MUST_CHECK;

#endif
