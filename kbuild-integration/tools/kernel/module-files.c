// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The module files below a directory: see module-files.h.
 */
#include "module-files.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"

void klpcc_module_files_deinit(struct klpcc_module_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		free(files->entries[i].path);
	free(files->entries);
}

struct klpcc_error *klpcc_module_files_add(struct klpcc_module_files *files,
					   const char *path, bool update)
{
	struct klpcc_module_file *entries = klpcc_array_grow(
		files->entries, files->count, 1, &files->capacity, sizeof(*entries));

	if (!entries)
		return klpcc_error_nomem();
	files->entries = entries;
	entries[files->count] = (struct klpcc_module_file){ strdup(path), update };
	if (!entries[files->count].path)
		return klpcc_error_nomem();
	files->count++;
	return NULL;
}

static bool is_module_name(const char *name, bool debug)
{
	/* The last one is for debug information. */
	static const char *const suffixes[] = { ".ko", ".ko.xz", ".ko.zst", ".ko.gz",
						".ko.debug" };
	size_t count = sizeof(suffixes) / sizeof(suffixes[0]) - !debug;
	size_t length = strlen(name);

	for (size_t i = 0; i < count; i++) {
		size_t tail = strlen(suffixes[i]);

		if (length > tail && !strcmp(name + length - tail, suffixes[i]))
			return true;
	}
	return false;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static struct klpcc_error *walk_tree(FTS *tree, size_t root, bool debug,
				     struct klpcc_module_files *files)
{
	struct klpcc_error *err = NULL;
	FTSENT *entry;

	for (errno = 0; !err && (entry = fts_read(tree)); errno = 0) {
		switch (entry->fts_info) {
		case FTS_F:
			if (is_module_name(entry->fts_name, debug))
				err = klpcc_module_files_add(
					files, entry->fts_path,
					strstr(entry->fts_path + root, "/updates/") !=
						NULL);
			break;
		case FTS_DNR:
		case FTS_ERR:
		case FTS_NS:
			return klpcc_error_errno(entry->fts_errno, "%s: cannot read",
						 entry->fts_path);
		default:
			break;
		}
	}
	if (!err && errno)
		err = klpcc_error_errno(errno, "cannot read the directory");
	return err;
}

struct klpcc_error *klpcc_module_files_list(struct klpcc_module_files *files,
					    const char *path, bool debug)
{
	char *paths[] = { (char *)path, NULL };
	struct klpcc_error *err;
	FTS *tree;

	tree = fts_open(paths, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
	if (!tree)
		return klpcc_error_errno(errno, "%s: cannot read", path);
	err = walk_tree(tree, strlen(path), debug, files);
	fts_close(tree);
	if (!err && !files->count)
		err = klpcc_error_new(ENOENT, "%s: contains no kernel modules", path);
	return err;
}
