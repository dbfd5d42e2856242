// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads the version of a source tree: see source-version.h.
 */
#include "source-version.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/file.h"

/* The parts of KERNELVERSION, in its order; they are the first assignments of the Makefile. */
static const char *const parts[] = { "VERSION", "PATCHLEVEL", "SUBLEVEL",
				     "EXTRAVERSION" };

#define PARTS (sizeof(parts) / sizeof(parts[0]))

/* The value of "NAME = VALUE" in a line of its own; *length: 0 where there is none. */
static const char *find_value(const char *text, const char *name, size_t *length)
{
	size_t name_length = strlen(name);

	for (const char *line = text; *line;
	     line += strcspn(line, "\n"), line += !!*line) {
		const char *value = line + name_length;

		if (strncmp(line, name, name_length) || strncmp(value, " =", 2))
			continue;
		value += 2 + strspn(value + 2, " ");
		*length = strcspn(value, " \n");
		return value;
	}
	*length = 0;
	return "";
}

static struct klpcc_error *join_parts(const char *text, char **ret)
{
	const char *values[PARTS];
	size_t lengths[PARTS];

	for (size_t i = 0; i < PARTS; i++)
		values[i] = find_value(text, parts[i], &lengths[i]);
	if (!lengths[0] || !lengths[1])
		return klpcc_error_new(EINVAL, "it is not the Makefile of a kernel");
	if (asprintf(ret, "%.*s.%.*s%s%.*s%.*s", (int)lengths[0], values[0],
		     (int)lengths[1], values[1], lengths[2] ? "." : "", (int)lengths[2],
		     values[2], (int)lengths[3], values[3]) >= 0)
		return NULL;
	*ret = NULL;
	return klpcc_error_nomem();
}

struct klpcc_error *klpcc_tree_source_upstream(const char *source, char **ret)
{
	struct klpcc_error *err;
	char *path, *text = NULL;

	*ret = NULL;
	if (asprintf(&path, "%s/Makefile", source) < 0)
		return klpcc_error_nomem();
	err = klpcc_file_read_text(path, &text);
	if (!err)
		err = klpcc_error_prefix(join_parts(text, ret), "%s", path);
	free(text);
	free(path);
	return err;
}

/* "linux (6.1.192-2) bookworm-security; urgency=medium" */
static struct klpcc_error *take_version(const char *path, const char *text, char **ret)
{
	const char *open = strchr(text, '('), *close = open ? strchr(open, ')') : NULL;

	if (!close || strcspn(text, "\n") < (size_t)(close - text))
		return klpcc_error_new(EINVAL, "%s: its first line has no version", path);
	*ret = strndup(open + 1, (size_t)(close - open - 1));
	return *ret ? NULL : klpcc_error_nomem();
}

struct klpcc_error *klpcc_tree_source_changelog(const char *source, char **ret)
{
	struct klpcc_error *err = NULL;
	char *path, *text = NULL;

	*ret = NULL;
	if (asprintf(&path, "%s/debian/changelog", source) < 0)
		return klpcc_error_nomem();
	if (access(path, F_OK) == 0) {
		err = klpcc_file_read_text(path, &text);
		if (!err)
			err = take_version(path, text, ret);
	}
	free(text);
	free(path);
	return err;
}
