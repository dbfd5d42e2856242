// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where the parts of klpcc are: see parts.h. `klpcc cflags` and `klpcc --version` print it;
 * klpcc-build finds the tool itself and takes the rest from there.
 */
#include "parts.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* From the directory of the tool to that of the parts, when the tool is installed. */
#define INSTALLED "/../lib/klpcc"

/* *ret: the real path of a file, or NULL if it is missing: the caller words that error. */
static struct klpcc_error *find_file(const char *directory, const char *name, char **ret)
{
	char *path;

	if (asprintf(&path, "%s/%s", directory, name) < 0)
		return klpcc_error_nomem();
	*ret = realpath(path, NULL);
	free(path);
	return NULL;
}

static bool has_plugin(const char *directory, const char *triplet)
{
	char *path;
	bool found;

	if (asprintf(&path, "%s/%s/klpcc.so", directory, triplet) < 0)
		return false;
	found = access(path, F_OK) == 0;
	free(path);
	return found;
}

static int is_triplet(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* The directories beside the native plugin that contain a plugin. */
static struct klpcc_error *find_triplets(struct klpcc_parts *parts)
{
	struct dirent **entries;
	int count = scandir(parts->directory, &entries, is_triplet, alphasort);

	if (count < 0)
		return klpcc_error_errno(errno, "%s: cannot list", parts->directory);
	parts->triplets = calloc((size_t)count + 1, sizeof(*parts->triplets));
	for (int i = 0; i < count; i++) {
		if (parts->triplets && has_plugin(parts->directory, entries[i]->d_name))
			parts->triplets[parts->triplet_count++] =
				strdup(entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	for (size_t i = 0; i < parts->triplet_count; i++)
		if (!parts->triplets[i])
			return klpcc_error_nomem();
	return parts->triplets ? NULL : klpcc_error_nomem();
}

/* A tool in a build directory has the parts beside it; include/klpcc.h shows which tool this is. */
static struct klpcc_error *find_directory(const char *directory, char **ret)
{
	struct klpcc_error *err;
	char *header = NULL;
	bool built;

	err = find_file(directory, "include/klpcc.h", &header);
	if (err)
		return err;
	built = header != NULL;
	free(header);
	if (!built)
		err = find_file(directory, INSTALLED, ret);
	if (!err && !*ret) {
		*ret = strdup(directory);
		if (!*ret)
			err = klpcc_error_nomem();
	}
	return err;
}

struct klpcc_error *klpcc_parts_init(struct klpcc_parts *parts)
{
	char *tool = realpath("/proc/self/exe", NULL);
	struct klpcc_error *err;

	*parts = (struct klpcc_parts){ .directory = NULL };
	if (!tool)
		return klpcc_error_errno(errno, "cannot find this program's directory");
	*strrchr(tool, '/') = '\0';
	err = find_directory(tool, &parts->directory);
	free(tool);
	if (!err)
		err = find_triplets(parts);
	if (err)
		klpcc_parts_deinit(parts);
	return err;
}

void klpcc_parts_deinit(struct klpcc_parts *parts)
{
	for (size_t i = 0; i < parts->triplet_count; i++)
		free(parts->triplets[i]);
	free(parts->triplets);
	free(parts->directory);
	*parts = (struct klpcc_parts){ .directory = NULL };
}

struct klpcc_error *klpcc_parts_plugin(const struct klpcc_parts *parts,
				       const char *triplet, char **ret)
{
	struct klpcc_error *err;
	char *name;

	if (asprintf(&name, "%s/klpcc.so", triplet) < 0)
		return klpcc_error_nomem();
	err = find_file(parts->directory, name, ret);
	free(name);
	if (err || *ret)
		return err;
	if (*triplet)
		return klpcc_error_new(
			ENOENT,
			"no plugin for %s-gcc in %s; in the sources, `make plugin CROSS_COMPILE=%s-` builds it",
			triplet, parts->directory, triplet);
	return klpcc_error_new(
		ENOENT,
		"no plugin klpcc.so in %s; in the sources, `make plugin` builds it",
		parts->directory);
}

struct klpcc_error *klpcc_parts_include(const struct klpcc_parts *parts, char **ret)
{
	struct klpcc_error *err = find_file(parts->directory, "include/klpcc.h", ret);

	if (err)
		return err;
	if (!*ret)
		return klpcc_error_new(ENOENT, "no include/klpcc.h in %s",
				       parts->directory);
	*strrchr(*ret, '/') = '\0';
	return NULL;
}

struct klpcc_error *klpcc_parts_compat(const struct klpcc_parts *parts, char **ret)
{
	struct klpcc_error *err = find_file(parts->directory, "include/compat", ret);

	return err || *ret ? err
			   : klpcc_error_new(ENOENT, "no include/compat in %s",
					     parts->directory);
}

static struct klpcc_error *need_file(const struct klpcc_parts *parts, const char *name,
				     char **ret)
{
	struct klpcc_error *err = find_file(parts->directory, name, ret);

	return err || *ret
		       ? err
		       : klpcc_error_new(ENOENT, "no %s in %s", name, parts->directory);
}

struct klpcc_error *klpcc_parts_makefile(const struct klpcc_parts *parts, char **ret)
{
	return need_file(parts, "klpcc.mk", ret);
}

struct klpcc_error *klpcc_parts_boot(const struct klpcc_parts *parts, char **ret)
{
	return need_file(parts, "boot/run", ret);
}
