// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The place of a patch's directory: see place.h.
 *
 * A directory changes its name only, so that it is whole whenever it can be seen. Who works in one
 * has a lock on its Makefile; klpcc-build has one on the directory itself. Programs that are run
 * inherit the first, so that it stays while an orphan of a killed klpcc works on.
 */
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/lock.h"
#include "../lib/scratch.h"

/* What is open of a directory that is there. */
struct found {
	int makefile, directory; /* -1: not open */
};

static struct klpcc_error *refuse_busy(const char *path)
{
	return klpcc_error_new(
		EBUSY,
		"%s: another klpcc works in it; wait until that is done, or name another directory with --output",
		path);
}

/* ---- what is there ---------------------------------------------------------------------- */

static void close_found(struct found *found)
{
	if (found->makefile >= 0)
		close(found->makefile);
	if (found->directory >= 0)
		close(found->directory);
	*found = (struct found){ -1, -1 };
}

/* Does the directory have the mark, and is it still the one at path? */
static bool is_ours(const char *path, const struct found *found)
{
	char text[sizeof(KLPCC_PATCH_MARK) - 1];
	struct stat here, there;

	return pread(found->makefile, text, sizeof(text), 0) == (ssize_t)sizeof(text) &&
	       !memcmp(text, KLPCC_PATCH_MARK, sizeof(text)) &&
	       !fstat(found->directory, &here) && !stat(path, &there) &&
	       here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

static struct klpcc_error *lock_found(const char *path, const struct found *found)
{
	bool first = false, second = false;
	struct klpcc_error *err = klpcc_lock_try(found->makefile, path, &first);

	if (!err && first)
		err = klpcc_lock_try(found->directory, path, &second);
	if (!err && !(first && second))
		err = refuse_busy(path);
	return err;
}

/* *ret: nothing is open if nothing is there. */
static struct klpcc_error *find(const char *path, struct found *ret)
{
	struct found found = { -1, -1 };
	struct klpcc_error *err = NULL;

	*ret = found;
	if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW))
		return NULL;
	found.directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (found.directory >= 0)
		found.makefile = openat(found.directory, "Makefile",
					O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (found.makefile >= 0)
		err = lock_found(path, &found);
	if (!err && (found.makefile < 0 || !is_ours(path, &found)))
		err = klpcc_error_new(
			EEXIST,
			"%s: it exists, and klpcc patch has not made it; name another directory with --output",
			path);
	if (err)
		close_found(&found);
	*ret = found;
	return err;
}

struct klpcc_error *klpcc_patch_place_check(const char *path)
{
	struct found found;
	struct klpcc_error *err = find(path, &found);

	close_found(&found);
	return err;
}

/* ---- the new one ------------------------------------------------------------------------ */

/* Makes a directory beside path. */
static struct klpcc_error *make_beside(const char *path, char **ret)
{
	struct klpcc_error *err = NULL;
	char *name;

	if (asprintf(&name, "%s.XXXXXX", path) < 0)
		return klpcc_error_nomem();
	if (!mkdtemp(name))
		err = klpcc_error_errno(errno, "%s", path);
	else if (chmod(name, 0755))
		err = klpcc_error_errno(errno, "%s", name);
	if (err)
		free(name);
	else
		*ret = name;
	return err;
}

struct klpcc_error *klpcc_patch_place_begin(const char *path,
					    struct klpcc_patch_place *ret)
{
	*ret = (struct klpcc_patch_place){ .path = path, .lock = -1 };
	return make_beside(path, &ret->new);
}

/* So it is locked when others can see it. */
static struct klpcc_error *lock_new(struct klpcc_patch_place *place)
{
	struct klpcc_error *err = NULL;
	char *makefile;
	bool taken;

	if (asprintf(&makefile, "%s/Makefile", place->new) < 0)
		return klpcc_error_nomem();
	place->lock = open(makefile, O_RDONLY);
	if (place->lock < 0)
		err = klpcc_error_errno(errno, "%s", makefile);
	else
		err = klpcc_lock_try(place->lock, makefile, &taken);
	free(makefile);
	return err;
}

/* The earlier one gets another name. */
static struct klpcc_error *move_old(struct klpcc_patch_place *place)
{
	struct klpcc_error *err = make_beside(place->path, &place->old);

	if (err || !rename(place->path, place->old))
		return err;
	err = klpcc_error_errno(errno, "%s: cannot be renamed", place->path);
	rmdir(place->old);
	free(place->old);
	place->old = NULL;
	return err;
}

struct klpcc_error *klpcc_patch_place_commit(struct klpcc_patch_place *place)
{
	struct found found = { -1, -1 };
	struct klpcc_error *err = lock_new(place);

	if (!err)
		err = find(place->path, &found);
	if (!err && found.directory >= 0)
		err = move_old(place);
	if (!err && rename(place->new, place->path))
		err = errno == EEXIST || errno == ENOTEMPTY
			      ? refuse_busy(place->path)
			      : klpcc_error_errno(errno, "%s", place->path);
	place->committed = !err;
	close_found(&found);
	return err;
}

void klpcc_patch_place_end(struct klpcc_patch_place *place, bool keep)
{
	if (!keep && place->committed)
		rename(place->path, place->new);
	if (!keep && place->old && !rename(place->old, place->path)) {
		free(place->old);
		place->old = NULL;
	}
	if (keep)
		free(place->new);
	else
		klpcc_scratch_remove(place->new);
	klpcc_scratch_remove(place->old);
	if (place->lock >= 0)
		close(place->lock);
	*place = (struct klpcc_patch_place){ .lock = -1 };
}
