// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds and reads the headers of a release: see headers.h.
 */
#include "headers.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/file.h"
#include "layout.h"

/* Where they are, with the release for %s: each module build's place, and Debian's package. */
static const char *const places[] = {
	"/lib/modules/%s/build",
	"/usr/src/linux-headers-%s",
};

/* A release comes from a file or from the user, and becomes part of a path. */
static bool is_release(const char *release)
{
	return *release && *release != '.' && !strchr(release, '/');
}

static char *place_path(size_t place, const char *release)
{
	const char *pattern = places[place], *hole = strstr(pattern, "%s");
	char *path;

	if (asprintf(&path, "%.*s%s%s", (int)(hole - pattern), pattern, release,
		     hole + 2) < 0)
		return NULL;
	return path;
}

static bool has_config(const char *directory)
{
	char *path;
	bool found;

	if (asprintf(&path, "%s/" KLPCC_TREE_AUTOCONF, directory) < 0)
		return false;
	found = access(path, R_OK) == 0;
	free(path);
	return found;
}

struct klpcc_error *klpcc_headers_find(const char *release, char **ret)
{
	*ret = NULL;
	if (!is_release(release))
		return klpcc_error_new(EINVAL, "'%s' is not the name of a release",
				       release);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		char *path = place_path(i, release);

		if (!path)
			return klpcc_error_nomem();
		if (has_config(path)) {
			*ret = path;
			return NULL;
		}
		free(path);
	}
	return NULL;
}

struct klpcc_error *klpcc_headers_release(const char *path, char **ret)
{
	struct klpcc_error *err;
	char *text, *start, *end;

	err = klpcc_file_read_text(path, &text);
	if (err)
		return err;
	start = strchr(text, '"');
	end = start ? strchr(start + 1, '"') : NULL;
	if (!end)
		err = klpcc_error_new(EINVAL, "%s: it has no UTS_RELEASE", path);
	else if (!(*ret = strndup(start + 1, (size_t)(end - start - 1))))
		err = klpcc_error_nomem();
	free(text);
	return err;
}

/* title: "x86 6.1.192 Kernel Configuration..." */
static struct klpcc_error *split_title(const char *title, char **arch, char **version)
{
	size_t first = strcspn(title, " \n");
	const char *second = title + first + strspn(title + first, " ");

	*arch = strndup(title, first);
	if (!*arch)
		return klpcc_error_nomem();
	if (!version)
		return NULL;
	*version = strndup(second, strcspn(second, " \n"));
	if (*version)
		return NULL;
	free(*arch);
	return klpcc_error_nomem();
}

struct klpcc_error *klpcc_headers_title(const char *path, char **arch, char **version)
{
	static const char mark[] = "\n# Linux/";
	struct klpcc_error *err;
	char *text, *title;

	err = klpcc_file_read_text(path, &text);
	if (err)
		return err;
	title = strstr(text, mark);
	if (title)
		err = split_title(title + strlen(mark), arch, version);
	else
		err = klpcc_error_new(
			EINVAL,
			"%s: it is not a kernel's configuration: it has no title '# Linux/...'",
			path);
	free(text);
	return err;
}
