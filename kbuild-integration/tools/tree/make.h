/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes the source tree of a kernel, for `klpcc tree`.
 */
#ifndef KLPCC_TREE_MAKE_H
#define KLPCC_TREE_MAKE_H

#include <stdbool.h>

#include "../lib/error.h"

struct klpcc_tree_request {
	const char *release;
	/* What is not given, NULL, is looked for. */
	const char *source;
	const char *headers;
	const char *compiler;
	const char *output; /* directory of the tree */
	bool quiet;
};

/*
 * Makes the tree, or finds it as it was made before; *ret: its directory, malloc()ed. Of several
 * processes that ask for one tree the others wait. A tree is whole or not there.
 */
struct klpcc_error *klpcc_tree_make(const struct klpcc_tree_request *request,
				    char **ret) KLPCC_MUST_CHECK;

#endif
