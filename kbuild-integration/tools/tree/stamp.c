// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a tree was made of: see stamp.h.
 */
#include "stamp.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/file.h"
#include "layout.h"

void klpcc_stamp_text(FILE *stamp, const char *name, const char *value)
{
	fprintf(stamp, "%s %s\n", name, value);
}

void klpcc_stamp_file(FILE *stamp, const char *directory, const char *file)
{
	struct stat st;
	char *path = klpcc_tree_path(directory, file);

	if (!path)
		return; /* the text fits no other, and the tree is made again */
	if (stat(path, &st) < 0)
		fprintf(stamp, "file %s is missing\n", path);
	else
		fprintf(stamp, "file %s %lld %lld.%09ld\n", path, (long long)st.st_size,
			(long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
	free(path);
}

struct klpcc_error *klpcc_stamp_write(const char *tree, const char *text)
{
	char *path = klpcc_tree_path(tree, KLPCC_TREE_COMPLETE);
	struct klpcc_error *err =
		path ? klpcc_file_write_text(path, text) : klpcc_error_nomem();

	free(path);
	return err;
}

struct klpcc_error *klpcc_stamp_matches(const char *tree, const char *text, bool *ret)
{
	char *path = klpcc_tree_path(tree, KLPCC_TREE_COMPLETE), *found = NULL;
	struct klpcc_error *err = path ? NULL : klpcc_error_nomem();

	*ret = false;
	if (!err && access(path, F_OK) == 0)
		err = klpcc_file_read_text(path, &found);
	free(path);
	if (!err && found)
		*ret = !strcmp(found, text);
	free(found);
	return err;
}
