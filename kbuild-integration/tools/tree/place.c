// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The directory of a tree: see place.h.
 *
 * `incomplete` is in it from the first moment to the last one, and `complete` is written when all
 * is there. So a tree that has the latter is whole whenever its maker was killed, and one that has
 * only the former can be removed.
 */
#include "place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/lock.h"
#include "../lib/message.h"
#include "layout.h"
#include "stamp.h"

/* ---- where ---------------------------------------------------------------------------- */

/* ${XDG_CACHE_HOME:-~/.cache}/klpcc/tree/RELEASE_VERSION */
static struct klpcc_error *name_cached(const char *release, const char *version,
				       char **ret)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	int length;

	if (cache && *cache == '/')
		length = asprintf(ret, "%s/klpcc/tree/%s_%s", cache, release, version);
	else if (home && *home == '/')
		length = asprintf(ret, "%s/.cache/klpcc/tree/%s_%s", home, release,
				  version);
	else
		return klpcc_error_new(
			ENOENT,
			"HOME names no directory for the cache: name the tree's with --output");
	if (length >= 0)
		return NULL;
	*ret = NULL;
	return klpcc_error_nomem();
}

/* Makes the directory with those above it. path: changed meanwhile. */
static struct klpcc_error *make_directories(char *path)
{
	char *slash = path;

	do {
		int result;

		slash = strchr(slash + 1, '/');
		if (slash)
			*slash = '\0';
		result = mkdir(path, 0777);
		if (result < 0 && errno != EEXIST)
			return klpcc_error_errno(errno, "%s: cannot create", path);
		if (slash)
			*slash = '/';
	} while (slash);
	return NULL;
}

struct klpcc_error *klpcc_place_find(const char *output, const char *release,
				     const char *version, char **ret)
{
	struct klpcc_error *err = NULL;
	char *path = NULL;

	if (!output)
		err = name_cached(release, version, &path);
	else if (!(path = strdup(output)))
		err = klpcc_error_nomem();
	if (!err)
		err = make_directories(path);
	if (!err && !(*ret = realpath(path, NULL)))
		err = klpcc_error_errno(errno, "%s", path);
	free(path);
	return err;
}

/* Programs that are run inherit the lock: orphans of a killed klpcc work on in the directory. */
struct klpcc_error *klpcc_place_lock(const char *directory, bool quiet, int *ret)
{
	int fd = open(directory, O_RDONLY | O_DIRECTORY);
	struct klpcc_error *err;
	bool taken;

	if (fd < 0)
		return klpcc_error_errno(errno, "%s", directory);
	err = klpcc_lock_try(fd, directory, &taken);
	if (!err && !taken) {
		if (!quiet)
			klpcc_message(KLPCC_MESSAGE_PLAIN,
				      "waiting for another klpcc that makes this tree");
		err = klpcc_lock_wait(fd, directory);
	}
	if (err)
		close(fd);
	else
		*ret = fd;
	return err;
}

/* ---- making room ---------------------------------------------------------------------- */

/* *ret: whether there is a file in the directory. */
static struct klpcc_error *has_files(const char *directory, bool *ret)
{
	DIR *dir = opendir(directory);
	struct dirent *entry;

	*ret = false;
	if (!dir)
		return klpcc_error_errno(errno, "%s: cannot list", directory);
	while ((entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			*ret = true;
	closedir(dir);
	return NULL;
}

/* Only what klpcc made is removed. */
static struct klpcc_error *check_owner(const char *directory, bool quiet)
{
	bool whole = klpcc_tree_has(directory, KLPCC_TREE_COMPLETE), found;
	struct klpcc_error *err = has_files(directory, &found);

	if (err || !found)
		return err;
	if (!whole && !klpcc_tree_has(directory, KLPCC_TREE_INCOMPLETE))
		return klpcc_error_new(
			EEXIST,
			"%s: it is not empty, and holds no tree of klpcc's: name another directory",
			directory);
	if (!quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN, "removing the tree in %s, which %s",
			      directory,
			      whole ? "was made of something else"
				    : "an interrupted run left");
	return NULL;
}

static struct klpcc_error *write_incomplete(const char *directory)
{
	char *path = klpcc_tree_path(directory, KLPCC_TREE_INCOMPLETE);
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666) : -1;
	struct klpcc_error *err = NULL;

	if (!path)
		return klpcc_error_nomem();
	if (fd < 0)
		err = klpcc_error_errno(errno, "%s: cannot create", path);
	else
		close(fd);
	free(path);
	return err;
}

static int remove_entry(const char *path, const struct stat *st, int type,
			struct FTW *walk)
{
	(void)st;
	(void)type;
	/* The directory itself is locked, and the file says whose it is. */
	if (!walk->level ||
	    (walk->level == 1 && !strcmp(path + walk->base, KLPCC_TREE_INCOMPLETE)))
		return 0;
	return remove(path);
}

/* Removes all but the file `incomplete`. */
static struct klpcc_error *empty_directory(const char *directory)
{
	if (nftw(directory, remove_entry, 64, FTW_DEPTH | FTW_PHYS) == 0)
		return NULL;
	return klpcc_error_errno(errno, "%s: cannot be emptied", directory);
}

static struct klpcc_error *remove_part(const char *directory, const char *name)
{
	char *path = klpcc_tree_path(directory, name);
	struct klpcc_error *err = NULL;
	struct stat st;

	if (!path)
		return klpcc_error_nomem();
	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
		err = empty_directory(path);
	if (!err && remove(path) < 0 && errno != ENOENT)
		err = klpcc_error_errno(errno, "%s: cannot be removed", path);
	free(path);
	return err;
}

struct klpcc_error *klpcc_place_begin(const char *directory, bool quiet)
{
	struct klpcc_error *err = check_owner(directory, quiet);
	char *build;

	if (!err)
		err = write_incomplete(directory);
	if (!err)
		err = remove_part(directory, KLPCC_TREE_COMPLETE);
	if (!err)
		err = empty_directory(directory);
	if (err)
		return err;
	build = klpcc_tree_path(directory, KLPCC_TREE_BUILD);
	if (!build)
		return klpcc_error_nomem();
	if (mkdir(build, 0777) < 0)
		err = klpcc_error_errno(errno, "%s: cannot create", build);
	free(build);
	return err;
}

struct klpcc_error *klpcc_place_finish(const char *directory, const char *stamp)
{
	struct klpcc_error *err = remove_part(directory, KLPCC_TREE_WORK);

	if (!err)
		err = klpcc_stamp_write(directory, stamp);
	if (!err)
		err = remove_part(directory, KLPCC_TREE_INCOMPLETE);
	return err;
}
