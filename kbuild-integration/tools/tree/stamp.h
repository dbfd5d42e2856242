/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a tree was made of, as text. It is written into the finished tree, and a tree whose text is
 * still the same need not be made again.
 */
#ifndef KLPCC_TREE_STAMP_H
#define KLPCC_TREE_STAMP_H

#include <stdbool.h>
#include <stdio.h>

#include "../lib/error.h"

/* Adds the line "NAME VALUE". */
void klpcc_stamp_text(FILE *stamp, const char *name, const char *value);

/* Adds name, size and date of directory/file, or that it is not there. */
void klpcc_stamp_file(FILE *stamp, const char *directory, const char *file);

/* Writes the text as the tree's, which is finished by that. */
struct klpcc_error *klpcc_stamp_write(const char *tree,
				      const char *text) KLPCC_MUST_CHECK;

/* Whether the tree is finished, and has this text. */
struct klpcc_error *klpcc_stamp_matches(const char *tree, const char *text,
					bool *ret) KLPCC_MUST_CHECK;

#endif
