// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Debian packages, by dpkg's and apt's own programs: see package.h.
 */
#include "package.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/run.h"

/*
 * *ret: the first line that a program prints, or NULL when it fails or prints nothing: what dpkg
 * does not know it says by failing, and a machine of another kind has no dpkg.
 */
static struct klpcc_error *ask(const char *const *argv, char **ret)
{
	const struct klpcc_run run = { .argv = argv };
	struct klpcc_buffer output;
	struct klpcc_error *err = klpcc_run_read(&run, &output);
	char *line;

	*ret = NULL;
	if (err) {
		klpcc_error_free(err);
		return NULL;
	}
	line = strndup(output.size ? (const char *)output.data : "", output.size);
	klpcc_buffer_deinit(&output);
	if (!line)
		return klpcc_error_nomem();
	line[strcspn(line, "\n")] = '\0';
	if (*line)
		*ret = line;
	else
		free(line);
	return NULL;
}

struct klpcc_error *klpcc_package_installed(const char *package, char **ret)
{
	static const char status[] = "installed ";
	const char *const argv[] = { "dpkg-query", "--show",
				     "--showformat=${db:Status-Status} ${Version}\n",
				     package, NULL };
	struct klpcc_error *err = ask(argv, ret);

	if (err || !*ret)
		return err;
	/* Of a package that was removed dpkg may keep the configuration, and its version. */
	if (strncmp(*ret, status, strlen(status))) {
		free(*ret);
		*ret = NULL;
	} else {
		memmove(*ret, *ret + strlen(status), strlen(*ret + strlen(status)) + 1);
	}
	return NULL;
}

struct klpcc_error *klpcc_package_of_file(const char *path, char **ret)
{
	const char *const argv[] = { "dpkg-query", "--search", path, NULL };
	struct klpcc_error *err = ask(argv, ret);

	/* "linux-source-6.1: /usr/src/linux-source-6.1.tar.xz" */
	if (!err && *ret)
		(*ret)[strcspn(*ret, ":")] = '\0';
	return err;
}

struct klpcc_error *klpcc_package_identify(const char *path, char **name, char **version)
{
	const char *const argv[] = { "dpkg-deb", "--show",
				     "--showformat=${Package} ${Version}\n", path, NULL };
	const struct klpcc_run run = { .argv = argv };
	struct klpcc_buffer output;
	struct klpcc_error *err = klpcc_run_read(&run, &output);
	int found = 0;

	if (err)
		return klpcc_error_prefix(err, "%s", path);
	*name = *version = NULL;
	if (output.size && output.data[output.size - 1] == '\n') {
		output.data[output.size - 1] = '\0';
		found = sscanf((const char *)output.data, "%ms %ms", name, version);
	}
	klpcc_buffer_deinit(&output);
	if (found == 2)
		return NULL;
	free(*name);
	return klpcc_error_new(EINVAL, "%s: it has no name or no version", path);
}

struct klpcc_error *klpcc_package_download(const char *package, const char *version,
					   const char *directory)
{
	struct klpcc_error *err;
	char *wanted;

	if (asprintf(&wanted, "%s=%s", package, version) < 0)
		return klpcc_error_nomem();
	/* The user of apt's sandbox cannot write into a private directory. */
	const char *const argv[] = {
		"apt-get",  "--quiet", "--option=APT::Sandbox::User=root",
		"download", wanted,    NULL
	};
	const struct klpcc_run run = { .argv = argv, .directory = directory };

	err = klpcc_run(&run);
	free(wanted);
	return klpcc_error_prefix(
		err,
		"%s %s is not in the package lists; update them, or give its file, or the source itself, with --source",
		package, version);
}

struct klpcc_error *klpcc_package_unpack(const char *path, const char *directory)
{
	const char *const argv[] = { "dpkg-deb", "--extract", path, directory, NULL };
	const struct klpcc_run run = { .argv = argv };

	return klpcc_error_prefix(klpcc_run(&run), "%s", path);
}
