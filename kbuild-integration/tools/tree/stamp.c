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
	char *path;

	if (asprintf(&path, "%s/%s", directory, file) < 0)
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
	struct klpcc_output output;
	struct klpcc_error *err;
	char *path;

	if (asprintf(&path, "%s/" KLPCC_TREE_COMPLETE, tree) < 0)
		return klpcc_error_nomem();
	err = klpcc_output_begin(path, 0666, &output);
	free(path);
	if (err)
		return err;
	err = klpcc_output_write(&output, text, strlen(text));
	if (!err)
		return klpcc_output_commit(&output);
	klpcc_output_discard(&output);
	return err;
}

struct klpcc_error *klpcc_stamp_matches(const char *tree, const char *text, bool *ret)
{
	struct klpcc_error *err = NULL;
	char *path, *found = NULL;

	*ret = false;
	if (asprintf(&path, "%s/" KLPCC_TREE_COMPLETE, tree) < 0)
		return klpcc_error_nomem();
	if (access(path, F_OK) == 0)
		err = klpcc_file_read_text(path, &found);
	free(path);
	if (!err && found)
		*ret = !strcmp(found, text);
	free(found);
	return err;
}
