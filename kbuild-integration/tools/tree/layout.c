// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Paths in a tree: see layout.h.
 */
#include "layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

char *klpcc_tree_path(const char *directory, const char *name)
{
	char *path;

	return asprintf(&path, "%s/%s", directory, name) < 0 ? NULL : path;
}

bool klpcc_tree_has(const char *directory, const char *name)
{
	char *path = klpcc_tree_path(directory, name);
	bool found = path && access(path, F_OK) == 0;

	free(path);
	return found;
}
