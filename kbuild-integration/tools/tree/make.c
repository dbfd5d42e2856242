// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes the source tree of a kernel: see make.h.
 *
 * First everything is found and checked that can be without the source; only then the directory is
 * touched. It is made where it stays, as kbuild's files hold its place, and has the file
 * `complete` from the moment on when it is.
 */
#include "make.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/file.h"
#include "../lib/hash.h"
#include "compiler.h"
#include "headers.h"
#include "judge.h"
#include "kbuild.h"
#include "layout.h"
#include "package.h"
#include "place.h"
#include "prepare.h"
#include "source.h"
#include "stamp.h"

/* All that is known before the source is touched. */
struct plan {
	const struct klpcc_tree_request *request;
	char *headers;                       /* their directory, absolute */
	struct klpcc_config kernel;          /* as the headers have it */
	struct klpcc_kernel_version version; /* of the kernel */
	struct klpcc_tree_source source;
	char *compiler_version; /* what the compiler says of itself */
	char *directory;        /* of the tree, absolute */
	struct klpcc_tree tree; /* as it will be; tree.source last */
};

/* ---- the kernel ----------------------------------------------------------------------- */

static struct klpcc_error *find_headers(struct plan *plan)
{
	const struct klpcc_tree_request *request = plan->request;
	struct klpcc_error *err = NULL;
	char *found = NULL;

	if (request->headers)
		found = strdup(request->headers);
	else
		err = klpcc_headers_find(request->release, &found);
	if (err)
		return err;
	if (!found)
		return klpcc_error_new(
			ENOENT,
			"the headers of kernel %s are not here: install the package linux-headers-%s, or name their directory with --headers",
			request->release, request->release);
	plan->headers = realpath(found, NULL);
	if (!plan->headers)
		err = klpcc_error_errno(errno, "%s", found);
	free(found);
	return err;
}

static struct klpcc_error *check_headers_release(const struct plan *plan)
{
	char *path = klpcc_tree_path(plan->headers, KLPCC_TREE_UTSRELEASE),
	     *release = NULL;
	struct klpcc_error *err =
		path ? klpcc_headers_release(path, &release) : klpcc_error_nomem();

	if (!err && strcmp(release, plan->request->release))
		err = klpcc_error_new(EINVAL,
				      "%s: these are the headers of %s, not of %s",
				      plan->headers, release, plan->request->release);
	free(release);
	free(path);
	return err;
}

static struct klpcc_error *read_headers(struct plan *plan)
{
	char *config = klpcc_tree_path(plan->headers, ".config");
	char *autoconf = klpcc_tree_path(plan->headers, KLPCC_TREE_AUTOCONF);
	struct klpcc_error *err = config && autoconf ? NULL : klpcc_error_nomem();

	if (!err)
		err = check_headers_release(plan);
	if (!err)
		err = klpcc_headers_title(config, &plan->tree.arch,
					  &plan->version.upstream);
	if (!err)
		err = klpcc_config_read(autoconf, &plan->kernel);
	free(config);
	free(autoconf);
	return err;
}

/* All packages of a kernel have one version. Headers of elsewhere do not say theirs. */
static struct klpcc_error *find_package_version(struct plan *plan)
{
	struct klpcc_error *err;
	char *package;

	err = klpcc_package_of_file(plan->headers, &package);
	if (err || !package)
		return err;
	err = klpcc_package_installed(package, &plan->version.package);
	free(package);
	return err;
}

/* ---- the compiler --------------------------------------------------------------------- */

static struct klpcc_error *find_compiler(struct plan *plan)
{
	struct klpcc_tree *tree = &plan->tree;
	struct klpcc_error *err = NULL;

	if (plan->request->compiler) {
		tree->compiler = strdup(plan->request->compiler);
		if (!tree->compiler)
			err = klpcc_error_nomem();
	} else {
		err = klpcc_tree_compiler_name(&plan->kernel, &tree->compiler);
	}
	if (!err)
		err = klpcc_kbuild_cross(tree->compiler, &tree->cross);
	if (!err)
		err = klpcc_tree_check_compiler(tree, &plan->kernel,
						!plan->request->quiet);
	if (!err)
		err = klpcc_compiler_version(tree->compiler, &plan->compiler_version);
	return err;
}

/* ---- what is there -------------------------------------------------------------------- */

/* A version of a package is the same wherever it comes from. */
static void describe_source(const struct plan *plan, FILE *text)
{
	const struct klpcc_tree_source *source = &plan->source;

	if (klpcc_tree_source_is_exact(source, &plan->version) &&
	    source->kind != KLPCC_SOURCE_DIRECTORY) {
		klpcc_stamp_text(text, "source-version", source->version);
		return;
	}
	klpcc_stamp_text(text, "source", source->name);
	klpcc_stamp_text(text, "source-version",
			 source->version ? source->version : plan->version.upstream);
	if (source->kind == KLPCC_SOURCE_DIRECTORY)
		klpcc_stamp_file(text, source->name, "Makefile");
	else if (source->kind != KLPCC_SOURCE_PACKAGE)
		klpcc_stamp_file(text, "", source->name + 1);
}

/* What the tree is made of, and what it came to. */
static struct klpcc_error *describe(const struct plan *plan, char **ret)
{
	static const char *const own[] = { ".config", "include/config/auto.conf",
					   KLPCC_TREE_AUTOCONF, KLPCC_TREE_UTSRELEASE };
	size_t size;
	FILE *text = open_memstream(ret, &size);

	if (!text)
		return klpcc_error_nomem();
	klpcc_stamp_text(text, "release", plan->request->release);
	klpcc_stamp_text(text, "compiler", plan->tree.compiler);
	klpcc_stamp_text(text, "compiler-version", plan->compiler_version);
	describe_source(plan, text);
	klpcc_stamp_file(text, plan->headers, ".config");
	klpcc_stamp_file(text, plan->headers, KLPCC_TREE_AUTOCONF);
	klpcc_stamp_file(text, plan->headers, KLPCC_TREE_PACKAGE);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		klpcc_stamp_file(text, plan->tree.build, own[i]);
	return fclose(text) ? klpcc_error_nomem() : NULL;
}

static struct klpcc_error *is_made(const struct plan *plan, bool *ret)
{
	char *text = NULL;
	struct klpcc_error *err = describe(plan, &text);

	if (!err)
		err = klpcc_stamp_matches(plan->directory, text, ret);
	free(text);
	return err;
}

/* ---- making it ------------------------------------------------------------------------ */

/* The kernel's configuration goes with the tree, which may be opened where no headers are. */
static struct klpcc_error *keep_kernel_config(const struct plan *plan)
{
	char *from = klpcc_tree_path(plan->headers, KLPCC_TREE_AUTOCONF), *text = NULL;
	char *to = klpcc_tree_path(plan->directory, KLPCC_TREE_KERNEL_AUTOCONF);
	struct klpcc_error *err = from && to ? NULL : klpcc_error_nomem();

	if (!err)
		err = klpcc_file_read_text(from, &text);
	if (!err)
		err = klpcc_file_write_text(to, text);
	free(from);
	free(to);
	free(text);
	return err;
}

static struct klpcc_error *finish(const struct plan *plan)
{
	char *text = NULL;
	struct klpcc_error *err = keep_kernel_config(plan);

	if (!err)
		err = describe(plan, &text);
	if (!err)
		err = klpcc_place_finish(plan->directory, text);
	free(text);
	return err;
}

static struct klpcc_error *make_tree(struct plan *plan)
{
	const struct klpcc_tree_request *request = plan->request;
	struct klpcc_error *err = klpcc_place_begin(plan->directory, request->quiet);

	if (!err)
		err = klpcc_tree_source_provide(&plan->source, &plan->version,
						plan->directory, request->quiet,
						&plan->tree.source);
	if (!err)
		err = klpcc_tree_prepare(&plan->tree, plan->headers, &plan->kernel,
					 request->quiet);
	if (!err)
		err = finish(plan);
	return err;
}

static struct klpcc_error *make_if_needed(struct plan *plan)
{
	struct klpcc_error *err;
	bool made;
	int lock = -1;

	err = is_made(plan, &made);
	if (err || made)
		return err;
	err = klpcc_prepare_check(&plan->kernel);
	if (!err)
		err = klpcc_place_lock(plan->directory, plan->request->quiet, &lock);
	if (err)
		return err;
	/* Who waited may find it made. */
	err = is_made(plan, &made);
	if (!err && !made)
		err = make_tree(plan);
	close(lock);
	return err;
}

/* A tree of another source than the kernel's package has its own place in the cache. */
static struct klpcc_error *find_place(struct plan *plan)
{
	const char *version = plan->version.package;
	struct klpcc_error *err;
	char key[16];

	if (!klpcc_tree_source_is_exact(&plan->source, &plan->version)) {
		snprintf(key, sizeof(key), "%08x", klpcc_hash(plan->source.name));
		version = key;
	}
	err = klpcc_place_find(plan->request->output, plan->request->release, version,
			       &plan->directory);
	if (!err &&
	    !(plan->tree.build = klpcc_tree_path(plan->directory, KLPCC_TREE_BUILD)))
		err = klpcc_error_nomem();
	return err;
}

static struct klpcc_error *fill_plan(struct plan *plan)
{
	struct klpcc_error *err = find_headers(plan);

	if (!err)
		err = read_headers(plan);
	if (!err)
		err = find_package_version(plan);
	if (!err)
		err = find_compiler(plan);
	if (!err)
		err = klpcc_tree_source_find(plan->request->source, &plan->version,
					     &plan->source);
	if (!err)
		err = find_place(plan);
	if (!err && !(plan->tree.release = strdup(plan->request->release)))
		err = klpcc_error_nomem();
	return err;
}

static void deinit_plan(struct plan *plan)
{
	free(plan->headers);
	klpcc_config_deinit(&plan->kernel);
	free(plan->version.upstream);
	free(plan->version.package);
	klpcc_tree_source_deinit(&plan->source);
	free(plan->compiler_version);
	free(plan->directory);
	klpcc_tree_deinit(&plan->tree);
}

struct klpcc_error *klpcc_tree_make(const struct klpcc_tree_request *request, char **ret)
{
	struct plan plan = { .request = request };
	struct klpcc_error *err = fill_plan(&plan);

	if (!err)
		err = make_if_needed(&plan);
	if (!err) {
		*ret = plan.directory;
		plan.directory = NULL;
	}
	deinit_plan(&plan);
	return err;
}
