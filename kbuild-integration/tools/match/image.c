// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The bytes of a kernel's image, unpacked: see image.h.
 *
 * xz takes more than a second for a kernel of 60 MB, and a developer asks again and again about
 * one kernel. What is unpacked is kept below ${XDG_CACHE_HOME:-~/.cache}/klpcc/vmlinux, under a
 * name that says of which kernel and of which file it is: build id, size and time. Files that
 * are no compressed images, as a vmlinux, are not kept.
 */
#include "image.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../kernel/unpack-image.h"

/* ---- the name -------------------------------------------------------------------------- */

static char *cache_directory(void)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char *path;
	int length;

	if (cache && *cache == '/')
		length = asprintf(&path, "%s/klpcc/vmlinux", cache);
	else if (home && *home == '/')
		length = asprintf(&path, "%s/.cache/klpcc/vmlinux", home);
	else
		return NULL;
	return length < 0 ? NULL : path;
}

/* NULL when the index does not tell one kernel from another, or there is no cache. */
static char *name_cached(const char *path, const struct klpcc_index *index)
{
	struct klpcc_index_object vmlinux;
	char *directory = NULL, *name = NULL;
	struct klpcc_error *err;
	struct stat status;
	char id[2 * 64 + 1];

	err = klpcc_index_object(index, KLPCC_INDEX_VMLINUX, &vmlinux);
	klpcc_error_free(err);
	if (err || !vmlinux.build_id_size || vmlinux.build_id_size > 64 ||
	    stat(path, &status) || !S_ISREG(status.st_mode))
		return NULL;
	for (size_t i = 0; i < vmlinux.build_id_size; i++)
		sprintf(id + 2 * i, "%02x", vmlinux.build_id[i]);
	directory = cache_directory();
	if (directory && asprintf(&name, "%s/%s-%llx-%llx.%09lx", directory, id,
				  (unsigned long long)status.st_size,
				  (unsigned long long)status.st_mtim.tv_sec,
				  (unsigned long)status.st_mtim.tv_nsec) < 0)
		name = NULL;
	free(directory);
	return name;
}

/* ---- reading and writing --------------------------------------------------------------- */

/* Makes the directories above a path, which is changed meanwhile. */
static void make_directories(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		/* Writing tells whether there are any. */
		(void)mkdir(path, 0777);
		*slash = '/';
	}
}

static struct klpcc_error *write_cached(char *name, const struct klpcc_buffer *bytes)
{
	struct klpcc_output output;
	struct klpcc_error *err;

	make_directories(name);
	err = klpcc_output_begin(name, 0644, &output);
	if (err)
		return err;
	err = klpcc_output_write(&output, bytes->data, bytes->size);
	if (err)
		klpcc_output_discard(&output);
	else
		err = klpcc_output_commit(&output);
	return err;
}

static bool read_cached(const char *name, struct klpcc_buffer *ret)
{
	struct klpcc_error *err = klpcc_file_read(name, ret);

	klpcc_error_free(err);
	return !err;
}

struct klpcc_error *klpcc_match_read_image(const char *path,
					   const struct klpcc_index *index,
					   struct klpcc_buffer *ret)
{
	char *name = name_cached(path, index);
	struct klpcc_buffer bytes;
	struct klpcc_error *err;
	size_t packed;

	if (name && read_cached(name, ret)) {
		free(name);
		return NULL;
	}
	err = klpcc_file_read(path, &bytes);
	if (err) {
		free(name);
		return err;
	}
	packed = bytes.size;
	err = klpcc_error_prefix(klpcc_unpack_image(&bytes), "%s", path);
	if (err) {
		klpcc_buffer_deinit(&bytes);
	} else {
		if (name && bytes.size != packed)
			klpcc_error_free(write_cached(name, &bytes));
		*ret = bytes;
	}
	free(name);
	return err;
}
