// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finds and provides the source of a kernel: see source.h.
 *
 * Debian's source packages (linux-source-6.1) hold an archive with the source as the kernel was
 * built from, in the version of the kernel's own packages.
 */
#include "source.h"

#include <ctype.h>
#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/file.h"
#include "../lib/message.h"
#include "../lib/run.h"
#include "layout.h"
#include "package.h"
#include "source-version.h"

/* ---- what it is ----------------------------------------------------------------------- */

static struct klpcc_error *refuse_version(const char *what, const char *version,
					  const char *kernel)
{
	return klpcc_error_new(EINVAL, "%s is version %s, but the kernel is %s", what,
			       version, kernel);
}

/* A package's version against the kernel's: the exact one, or what is known of it. */
static struct klpcc_error *check_package(const char *what, const char *version,
					 const struct klpcc_kernel_version *kernel)
{
	size_t length = strlen(kernel->upstream);

	if (kernel->package)
		return strcmp(version, kernel->package)
			       ? refuse_version(what, version, kernel->package)
			       : NULL;
	if (strncmp(version, kernel->upstream, length) || isdigit(version[length]) ||
	    version[length] == '.')
		return refuse_version(what, version, kernel->upstream);
	return NULL;
}

/* "linux-source-6.1" for 6.1.192 */
static struct klpcc_error *name_package(const char *upstream, char **ret)
{
	const char *dot = strchr(upstream, '.');
	size_t length = dot ? (size_t)(dot - upstream) + 1 : 0;

	length += strcspn(upstream + length, ".-");
	if (asprintf(ret, "linux-source-%.*s", (int)length, upstream) >= 0)
		return NULL;
	*ret = NULL;
	return klpcc_error_nomem();
}

static struct klpcc_error *take_default(const struct klpcc_kernel_version *kernel,
					struct klpcc_tree_source *source)
{
	if (!kernel->package)
		return klpcc_error_new(
			ENOENT,
			"no package of this kernel is installed, so which source it was built from is not known: give it with --source");
	source->kind = KLPCC_SOURCE_PACKAGE;
	source->version = strdup(kernel->package);
	if (!source->version)
		return klpcc_error_nomem();
	return name_package(kernel->upstream, &source->name);
}

/* "linux-source-6.1" or "linux-source-6.1=6.1.192-2" */
static struct klpcc_error *take_package(const char *given,
					const struct klpcc_kernel_version *kernel,
					struct klpcc_tree_source *source)
{
	const char *equals = strchr(given, '=');
	const char *version = equals ? equals + 1 : kernel->package;

	if (!version)
		return klpcc_error_new(
			ENOENT,
			"%s: which version the kernel has is not known: write '%s=VERSION'",
			given, given);
	source->kind = KLPCC_SOURCE_PACKAGE;
	source->name = strndup(given, strcspn(given, "="));
	source->version = strdup(version);
	if (!source->name || !source->version)
		return klpcc_error_nomem();
	return check_package(source->name, version, kernel);
}

static struct klpcc_error *take_deb(struct klpcc_tree_source *source,
				    const struct klpcc_kernel_version *kernel)
{
	struct klpcc_error *err;
	char *package;

	source->kind = KLPCC_SOURCE_DEB;
	err = klpcc_package_identify(source->name, &package, &source->version);
	if (err)
		return err;
	free(package);
	return check_package(source->name, source->version, kernel);
}

/* An archive of an installed package has that one's version. */
static struct klpcc_error *take_archive(struct klpcc_tree_source *source,
					const struct klpcc_kernel_version *kernel)
{
	struct klpcc_error *err;
	char *package;

	source->kind = KLPCC_SOURCE_ARCHIVE;
	err = klpcc_package_of_file(source->name, &package);
	if (err || !package)
		return err;
	err = klpcc_package_installed(package, &source->version);
	free(package);
	if (!err && source->version)
		err = check_package(source->name, source->version, kernel);
	return err;
}

/* A package file is an archive of ar. */
static struct klpcc_error *is_deb(const char *path, bool *ret)
{
	static const char magic[] = "!<arch>\n";
	char start[sizeof(magic) - 1];
	FILE *file = fopen(path, "re");

	if (!file)
		return klpcc_error_errno(errno, "%s: cannot open", path);
	*ret = fread(start, 1, sizeof(start), file) == sizeof(start) &&
	       !memcmp(start, magic, sizeof(start));
	fclose(file);
	return NULL;
}

static struct klpcc_error *take_path(const struct stat *st,
				     const struct klpcc_kernel_version *kernel,
				     struct klpcc_tree_source *source)
{
	struct klpcc_error *err;
	bool deb = false;

	if (S_ISDIR(st->st_mode)) {
		source->kind = KLPCC_SOURCE_DIRECTORY;
		return NULL;
	}
	if (!S_ISREG(st->st_mode))
		return klpcc_error_new(EINVAL, "%s: it is no directory and no file",
				       source->name);
	err = is_deb(source->name, &deb);
	if (err)
		return err;
	return deb ? take_deb(source, kernel) : take_archive(source, kernel);
}

static bool looks_like_package(const char *given)
{
	return islower((unsigned char)*given) && !strchr(given, '/');
}

struct klpcc_error *klpcc_tree_source_find(const char *given,
					   const struct klpcc_kernel_version *kernel,
					   struct klpcc_tree_source *ret)
{
	struct klpcc_tree_source source = { .name = NULL };
	struct klpcc_error *err;
	struct stat st;

	if (!given) {
		err = take_default(kernel, &source);
	} else if (stat(given, &st) == 0) {
		source.name = realpath(given, NULL);
		err = source.name ? take_path(&st, kernel, &source)
				  : klpcc_error_errno(errno, "%s", given);
	} else if (looks_like_package(given)) {
		err = take_package(given, kernel, &source);
	} else {
		err = klpcc_error_errno(errno, "%s", given);
	}
	if (err)
		klpcc_tree_source_deinit(&source);
	else
		*ret = source;
	return err;
}

void klpcc_tree_source_deinit(struct klpcc_tree_source *source)
{
	free(source->name);
	free(source->version);
	source->name = source->version = NULL;
}

bool klpcc_tree_source_is_exact(const struct klpcc_tree_source *source,
				const struct klpcc_kernel_version *kernel)
{
	return source->version && kernel->package &&
	       !strcmp(source->version, kernel->package);
}

/* ---- how it gets there ---------------------------------------------------------------- */

static void say(bool quiet, const char *what, const char *name)
{
	if (!quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN, "%s %s", what, name);
}

/* *ret: the one file that a pattern finds. */
static struct klpcc_error *find_one(const char *directory, const char *pattern,
				    char **ret)
{
	struct klpcc_error *err = NULL;
	glob_t found;
	char *path;
	int code;

	if (asprintf(&path, "%s/%s", directory, pattern) < 0)
		return klpcc_error_nomem();
	code = glob(path, 0, NULL, &found);
	free(path);
	if (code || found.gl_pathc != 1)
		err = klpcc_error_new(ENOENT, "%zu files %s where one is expected",
				      code ? 0 : found.gl_pathc, pattern);
	else if (!(*ret = strdup(found.gl_pathv[0])))
		err = klpcc_error_nomem();
	if (!code)
		globfree(&found);
	return err;
}

static struct klpcc_error *unpack_archive(const char *archive, const char *place,
					  bool quiet)
{
	const char *const argv[] = { "tar",
				     "--extract",
				     "--file",
				     archive,
				     "-C",
				     place,
				     "--strip-components=1",
				     NULL };
	const struct klpcc_run run = { .argv = argv };

	say(quiet, "unpacking", archive);
	return klpcc_error_prefix(klpcc_run(&run), "%s", archive);
}

/* The archive in the package file is all that is wanted of it. */
static struct klpcc_error *unpack_deb(const char *deb, const char *place,
				      const char *work, bool quiet)
{
	struct klpcc_error *err;
	char *archive;

	say(quiet, "unpacking", deb);
	err = klpcc_package_unpack(deb, work);
	if (!err)
		err = klpcc_error_prefix(
			find_one(work, "usr/src/linux-source-*.tar.*", &archive), "%s",
			deb);
	if (err)
		return err;
	err = unpack_archive(archive, place, quiet);
	free(archive);
	return err;
}

/* Installed in that version it need not be downloaded, and the archive may have it no more. */
static struct klpcc_error *unpack_package(const struct klpcc_tree_source *source,
					  const char *place, const char *work, bool quiet)
{
	char *installed, *path = NULL;
	struct klpcc_error *err = klpcc_package_installed(source->name, &installed);

	if (err)
		return err;
	if (installed && !strcmp(installed, source->version)) {
		if (asprintf(&path, "%s.tar.*", source->name) < 0)
			err = klpcc_error_nomem();
		free(installed);
		installed = NULL;
		if (!err)
			err = find_one("/usr/src", path, &installed);
		if (!err)
			err = unpack_archive(installed, place, quiet);
	} else {
		say(quiet, "downloading", source->name);
		err = klpcc_package_download(source->name, source->version, work);
		if (!err)
			err = find_one(work, "*.deb", &path);
		if (!err)
			err = unpack_deb(path, place, work, quiet);
	}
	free(installed);
	free(path);
	return err;
}

static struct klpcc_error *make_directory(const char *path)
{
	if (mkdir(path, 0777) == 0)
		return NULL;
	return klpcc_error_errno(errno, "%s: cannot create", path);
}

static struct klpcc_error *unpack(const struct klpcc_tree_source *source,
				  const char *place, const char *work, bool quiet)
{
	struct klpcc_error *err = make_directory(place);

	if (!err)
		err = make_directory(work);
	if (err)
		return err;
	switch (source->kind) {
	case KLPCC_SOURCE_PACKAGE:
		err = unpack_package(source, place, work, quiet);
		break;
	case KLPCC_SOURCE_DEB:
		err = unpack_deb(source->name, place, work, quiet);
		break;
	default:
		err = unpack_archive(source->name, place, quiet);
	}
	return err;
}

/* What the source itself says of its version. */
static struct klpcc_error *check_version(const struct klpcc_tree_source *source,
					 const char *place,
					 const struct klpcc_kernel_version *kernel)
{
	char *upstream, *package = NULL;
	struct klpcc_error *err = klpcc_tree_source_upstream(place, &upstream);

	if (!err)
		err = klpcc_tree_source_changelog(place, &package);
	else
		upstream = NULL;
	if (!err && strcmp(upstream, kernel->upstream))
		err = refuse_version(source->name, upstream, kernel->upstream);
	if (!err && package)
		err = check_package(source->name, package, kernel);
	free(upstream);
	free(package);
	return err;
}

struct klpcc_error *klpcc_tree_source_provide(const struct klpcc_tree_source *source,
					      const struct klpcc_kernel_version *kernel,
					      const char *tree, bool quiet, char **ret)
{
	struct klpcc_error *err = NULL;
	char *place, *work = NULL;

	if (source->kind == KLPCC_SOURCE_DIRECTORY) {
		place = strdup(source->name);
	} else {
		if (asprintf(&place, "%s/" KLPCC_TREE_SOURCE, tree) < 0)
			place = NULL;
		if (asprintf(&work, "%s/" KLPCC_TREE_WORK, tree) < 0)
			work = NULL;
		err = place && work ? unpack(source, place, work, quiet)
				    : klpcc_error_nomem();
	}
	if (!err && !place)
		err = klpcc_error_nomem();
	if (!err)
		err = check_version(source, place, kernel);
	free(work);
	if (err)
		free(place);
	else
		*ret = place;
	return err;
}
