// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A temporary directory: see scratch.h.
 */
#include "scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DESCRIPTORS 16 /* that nftw() may use */

struct klpcc_error *klpcc_scratch_make(char **ret)
{
	const char *directory = getenv("TMPDIR");
	struct klpcc_error *err = NULL;
	char *template;

	if (asprintf(&template, "%s/klpcc-XXXXXX",
		     directory && *directory == '/' ? directory : "/tmp") < 0)
		return klpcc_error_nomem();
	if (!mkdtemp(template))
		err = klpcc_error_errno(errno, "%s", template);
	else if (!(*ret = realpath(template, NULL)))
		err = klpcc_error_errno(errno, "%s", template);
	free(template);
	return err;
}

static int remove_one(const char *path, const struct stat *status, int type,
		      struct FTW *where)
{
	(void)status;
	(void)type;
	(void)where;
	remove(path);
	return 0;
}

void klpcc_scratch_remove(char *path)
{
	if (path)
		nftw(path, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
	free(path);
}

struct klpcc_error *klpcc_scratch_parents(const char *path)
{
	struct klpcc_error *err = NULL;
	char *copy = strdup(path);

	if (!copy)
		return klpcc_error_nomem();
	for (char *slash = copy + 1; !err && (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			err = klpcc_error_errno(errno, "%s", copy);
		*slash = '/';
	}
	free(copy);
	return err;
}
