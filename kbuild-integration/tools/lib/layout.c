// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where the parts of klpcc are: see layout.h. `klpcc cflags` prints it and `klpcc --version`
 * lists it; klpcc.mk knows the same layout.
 */
#include "layout.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* From the directory of the tool to that of the parts, when the tool is installed. */
#define INSTALLED "/../lib/klpcc"

/* *ret: the real path of a file of the parts; ENOENT and the like are the caller's to word. */
static struct klpcc_error *resolve(const char *directory, const char *name, char **ret)
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

/* The directories beside the native plugin that hold one. */
static struct klpcc_error *find_triplets(struct klpcc_layout *layout)
{
	struct dirent **entries;
	int count = scandir(layout->parts, &entries, is_triplet, alphasort);

	if (count < 0)
		return klpcc_error_errno(errno, "%s: cannot list", layout->parts);
	layout->triplets = calloc((size_t)count + 1, sizeof(*layout->triplets));
	for (int i = 0; i < count; i++) {
		if (layout->triplets && has_plugin(layout->parts, entries[i]->d_name))
			layout->triplets[layout->triplet_count++] =
				strdup(entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	for (size_t i = 0; i < layout->triplet_count; i++)
		if (!layout->triplets[i])
			return klpcc_error_nomem();
	return layout->triplets ? NULL : klpcc_error_nomem();
}

/* The parts are beside a tool that was built; a plugin or klpcc.h shows it. */
static struct klpcc_error *find_parts(const char *directory, char **ret)
{
	struct klpcc_error *err;
	char *header = NULL;
	bool built;

	err = resolve(directory, "include/klpcc.h", &header);
	if (err)
		return err;
	built = header != NULL;
	free(header);
	if (!built)
		err = resolve(directory, INSTALLED, ret);
	if (!err && !*ret) {
		*ret = strdup(directory);
		if (!*ret)
			err = klpcc_error_nomem();
	}
	return err;
}

struct klpcc_error *klpcc_layout_init(struct klpcc_layout *layout)
{
	char *tool = realpath("/proc/self/exe", NULL);
	struct klpcc_error *err;

	*layout = (struct klpcc_layout){ .parts = NULL };
	if (!tool)
		return klpcc_error_errno(errno, "cannot find this program's directory");
	*strrchr(tool, '/') = '\0';
	err = find_parts(tool, &layout->parts);
	free(tool);
	if (!err)
		err = find_triplets(layout);
	if (err)
		klpcc_layout_deinit(layout);
	return err;
}

void klpcc_layout_deinit(struct klpcc_layout *layout)
{
	for (size_t i = 0; i < layout->triplet_count; i++)
		free(layout->triplets[i]);
	free(layout->triplets);
	free(layout->parts);
	*layout = (struct klpcc_layout){ .parts = NULL };
}

struct klpcc_error *klpcc_layout_plugin(const struct klpcc_layout *layout,
					const char *triplet, char **ret)
{
	struct klpcc_error *err;
	char *name;

	if (asprintf(&name, "%s/klpcc.so", triplet) < 0)
		return klpcc_error_nomem();
	err = resolve(layout->parts, name, ret);
	free(name);
	if (err || *ret)
		return err;
	if (*triplet)
		return klpcc_error_new(
			ENOENT,
			"no plugin for %s-gcc in %s; in the sources, `make plugin CROSS_COMPILE=%s-` builds it",
			triplet, layout->parts, triplet);
	return klpcc_error_new(
		ENOENT,
		"no plugin klpcc.so in %s; in the sources, `make plugin` builds it",
		layout->parts);
}

struct klpcc_error *klpcc_layout_include(const struct klpcc_layout *layout, char **ret)
{
	struct klpcc_error *err = resolve(layout->parts, "include/klpcc.h", ret);

	if (err)
		return err;
	if (!*ret)
		return klpcc_error_new(ENOENT, "no include/klpcc.h in %s", layout->parts);
	*strrchr(*ret, '/') = '\0';
	return NULL;
}
