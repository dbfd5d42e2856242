/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One fix for several kernels: a livepatch of each.
 */
#ifndef KLPCC_PATCH_MANY_H
#define KLPCC_PATCH_MANY_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/error.h"

struct klpcc_patch_many {
	char *const *releases;
	size_t count;
	const char *
		output; /* the directory of the patches' directories; NULL: the default */
	char *const *options; /* of `klpcc patch`, for each; ends with NULL */
	char *const *diffs;
	size_t diff_count;
	bool explain, json, quiet;
};

/*
 * Makes them, as many at a time as there are processors, and prints what each came to. Fails when
 * one of them has failed, after the others are made.
 */
struct klpcc_error *
klpcc_patch_many(const struct klpcc_patch_many *many) KLPCC_MUST_CHECK;

#endif
