// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The name of a kernel's package: see package-id.h.
 */
#include "package-id.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../lib/file.h"
#include "layout.h"

/* The Makefile of Debian's linux source. */
#define OFFICIAL "DISTRIBUTION_OFFICIAL_BUILD="
#define DISTRIBUTOR "DISTRIBUTOR="
#define VERSION "DISTRIBUTION_VERSION="

static const char *const variables[] = { OFFICIAL, DISTRIBUTOR, VERSION };

bool klpcc_package_id_has(const char *entry)
{
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		if (!strncmp(entry, variables[i], strlen(variables[i])))
			return true;
	return false;
}

static struct klpcc_error *make_directory(const char *build, const char *name)
{
	char *path = klpcc_tree_path(build, name);
	struct klpcc_error *err = NULL;

	if (!path)
		return klpcc_error_nomem();
	if (mkdir(path, 0777) < 0 && errno != EEXIST)
		err = klpcc_error_errno(errno, "%s: cannot make the directory", path);
	free(path);
	return err;
}

/* *ret: the file's text; NULL if there is none. */
static struct klpcc_error *read_package(const char *directory, char **ret)
{
	struct klpcc_error *err;
	char *path;

	*ret = NULL;
	if (!klpcc_tree_has(directory, KLPCC_TREE_PACKAGE))
		return NULL;
	path = klpcc_tree_path(directory, KLPCC_TREE_PACKAGE);
	err = path ? klpcc_file_read_text(path, ret) : klpcc_error_nomem();
	free(path);
	return err;
}

struct klpcc_error *klpcc_package_id_copy(const char *headers, const char *build)
{
	char *text, *path;
	struct klpcc_error *err = read_package(headers, &text);

	if (err || !text)
		return err;
	path = klpcc_tree_path(build, KLPCC_TREE_PACKAGE);
	err = path ? make_directory(build, "include") : klpcc_error_nomem();
	if (!err)
		err = make_directory(build, "include/generated");
	if (!err)
		err = klpcc_file_write_text(path, text);
	free(path);
	free(text);
	return err;
}

/* A shell reads it: only what names and versions of packages are made of, and blanks. */
static bool is_plain(const char *text, size_t length)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789 .+-~:_";

	return strspn(text, plain) >= length;
}

struct klpcc_error *klpcc_package_id_add(const char *build,
					 struct klpcc_words *environment)
{
	char *text, *start, *end, *blank;
	struct klpcc_error *err = read_package(build, &text);

	if (err || !text)
		return err;
	/* " DISTRIBUTOR VERSION", or "" in a kernel that is not a distribution's. */
	start = strstr(text, "\" ");
	end = start ? strchr(start + 2, '"') : NULL;
	if (end && is_plain(start + 2, (size_t)(end - start - 2))) {
		*end = '\0';
		start += 2;
		blank = strrchr(start, ' ');
		if (blank) {
			*blank = '\0';
			err = klpcc_words_add(environment, OFFICIAL "1");
			if (!err)
				err = klpcc_words_addf(environment, DISTRIBUTOR "%s",
						       start);
			if (!err)
				err = klpcc_words_addf(environment, VERSION "%s",
						       blank + 1);
		}
	}
	free(text);
	return err;
}
