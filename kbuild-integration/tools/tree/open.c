// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Opens a tree: see tree.h.
 *
 * A tree tells by itself how it was made: kbuild compiles kernel/bounds.c first of all, in every
 * `make modules_prepare`, and the .cmd file of that names compiler and source.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "headers.h"
#include "judge.h"
#include "kbuild.h"
#include "layout.h"
#include "saved-command.h"
#include "tree.h"

#define BOUNDS "kernel/bounds.s"

/* *ret: the directory of the build, of whatever the user named. */
static struct klpcc_error *find_build(const char *path, char **ret)
{
	char *directory = realpath(path, NULL);
	char *build;

	if (!directory)
		return klpcc_error_errno(errno, "%s", path);
	build = klpcc_tree_path(directory, KLPCC_TREE_BUILD);
	if (build && klpcc_tree_has(directory, KLPCC_TREE_COMPLETE)) {
		free(directory);
		directory = build;
		build = NULL;
	}
	free(build);
	if (!klpcc_tree_has(directory, KLPCC_TREE_AUTOCONF)) {
		free(directory);
		return klpcc_error_new(
			EINVAL,
			"%s: it is not a prepared kernel tree; run `make modules_prepare` there, or let `klpcc tree` make one",
			path);
	}
	*ret = directory;
	return NULL;
}

/* The release is the only string in include/generated/utsrelease.h. */
static struct klpcc_error *read_release(const char *build, char **ret)
{
	char *path = klpcc_tree_path(build, KLPCC_TREE_UTSRELEASE);
	struct klpcc_error *err;

	err = path ? klpcc_headers_release(path, ret) : klpcc_error_nomem();
	free(path);
	return err;
}

/* "s390" of "# Linux/s390 6.1.192 Kernel Configuration", the title of .config. */
static struct klpcc_error *read_arch(const char *build, char **ret)
{
	char *path = klpcc_tree_path(build, ".config");
	struct klpcc_error *err;

	err = path ? klpcc_headers_title(path, ret, NULL) : klpcc_error_nomem();
	free(path);
	return err;
}

/* kernel/bounds.c, as the command names it, without these two names, is the source. */
static struct klpcc_error *take_source(const char *build, const char *bounds, char **ret)
{
	static const char name[] = "kernel/bounds.c";
	size_t length = strlen(bounds), tail = strlen(name);
	char *path;

	if (length < tail || strcmp(bounds + length - tail, name))
		return klpcc_error_new(EINVAL,
				       "%s: %s was made of %s, which is not its source",
				       build, BOUNDS, bounds);
	if (*bounds == '/')
		path = strndup(bounds, length - tail);
	else if (asprintf(&path, "%s/%.*s", build, (int)(length - tail), bounds) < 0)
		path = NULL;
	if (!path)
		return klpcc_error_nomem();
	*ret = realpath(path, NULL);
	free(path);
	if (!*ret)
		return klpcc_error_errno(errno, "%s: its source %s", build, bounds);
	return NULL;
}

/* The words before the first option: the compiler, perhaps with a cache before it. */
static struct klpcc_error *take_compiler(const struct klpcc_words *argv, char **ret)
{
	size_t size = 1, used = 0, count = 0;

	while (count < argv->count && argv->words[count][0] != '-')
		size += strlen(argv->words[count++]) + 1;
	*ret = calloc(1, size);
	if (!*ret)
		return klpcc_error_nomem();
	for (size_t i = 0; i < count; i++)
		used += (size_t)sprintf(*ret + used, "%s%s", i ? " " : "",
					argv->words[i]);
	return NULL;
}

static struct klpcc_error *read_maker(struct klpcc_tree *tree)
{
	struct klpcc_saved_command bounds;
	struct klpcc_error *err = klpcc_saved_command_read(tree->build, BOUNDS, &bounds);

	if (err)
		return klpcc_error_prefix(
			err, "%s: it is not prepared; run `make modules_prepare` there",
			tree->build);
	err = take_source(tree->build, bounds.source ? bounds.source : "", &tree->source);
	if (!err)
		err = take_compiler(&bounds.argv, &tree->compiler);
	if (!err)
		err = klpcc_kbuild_cross(tree->compiler, &tree->cross);
	klpcc_saved_command_deinit(&bounds);
	return err;
}

/* ---- is it the kernel's? -------------------------------------------------------------- */

/* *ret: the kernel's configuration, or NULL where nothing has it. */
static struct klpcc_error *find_reference(const struct klpcc_tree *tree, char **ret)
{
	char *own = klpcc_tree_path(tree->build, "../" KLPCC_TREE_KERNEL_AUTOCONF);
	struct klpcc_error *err;
	char *headers;

	if (!own)
		return klpcc_error_nomem();
	if (access(own, F_OK) == 0 &&
	    klpcc_tree_has(tree->build, "../" KLPCC_TREE_COMPLETE)) {
		*ret = own;
		return NULL;
	}
	free(own);
	err = klpcc_headers_find(tree->release, &headers);
	if (err || !headers) {
		*ret = NULL;
		return err;
	}
	*ret = klpcc_tree_path(headers, KLPCC_TREE_AUTOCONF);
	free(headers);
	return *ret ? NULL : klpcc_error_nomem();
}

static struct klpcc_error *check_reference(const struct klpcc_config *config,
					   const char *path)
{
	struct klpcc_config kernel;
	struct klpcc_error *err = klpcc_config_read(path, &kernel);

	if (err)
		return err;
	err = klpcc_tree_check_config(config, &kernel, false);
	klpcc_config_deinit(&kernel);
	return err;
}

static struct klpcc_error *check_tree(const struct klpcc_tree *tree)
{
	struct klpcc_config config;
	struct klpcc_error *err = klpcc_tree_config(tree, &config);
	char *reference = NULL;

	if (err)
		return err;
	err = klpcc_tree_check_compiler(tree, &config, false);
	if (!err)
		err = find_reference(tree, &reference);
	if (!err && reference)
		err = check_reference(&config, reference);
	klpcc_config_deinit(&config);
	free(reference);
	return err;
}

/* ---- open and close ------------------------------------------------------------------- */

static struct klpcc_error *fill_tree(const char *path, struct klpcc_tree *tree)
{
	struct klpcc_error *err = find_build(path, &tree->build);

	if (!err)
		err = read_release(tree->build, &tree->release);
	if (!err)
		err = read_arch(tree->build, &tree->arch);
	if (!err)
		err = read_maker(tree);
	if (!err)
		err = klpcc_error_prefix(check_tree(tree), "%s", path);
	return err;
}

struct klpcc_error *klpcc_tree_open(const char *path, struct klpcc_tree **ret)
{
	struct klpcc_tree *tree = calloc(1, sizeof(*tree));
	struct klpcc_error *err = tree ? fill_tree(path, tree) : klpcc_error_nomem();

	if (err)
		klpcc_tree_close(tree);
	else
		*ret = tree;
	return err;
}

/* ---- modules outside of the tree ------------------------------------------------------- */

/* Documentation/kbuild/modules.rst: "directory of the modules" is where make works since 6.13. */
static bool runs_there(const char *release)
{
	unsigned int version, patchlevel;

	return sscanf(release, "%u.%u", &version, &patchlevel) == 2 &&
	       (version > 6 || (version == 6 && patchlevel >= 13));
}

static struct klpcc_error *check_module(const struct klpcc_tree *tree)
{
	if (!klpcc_tree_has(tree->source, "Kbuild") &&
	    !klpcc_tree_has(tree->source, "Makefile"))
		return klpcc_error_new(
			EINVAL,
			"%s: it has neither a Kbuild nor a Makefile; name the directory that modules are built in with `make M=`",
			tree->source);
	if (access(tree->source, W_OK))
		return klpcc_error_errno(
			errno,
			"%s: kbuild compiles the modules' files in there; give a copy of it",
			tree->source);
	return NULL;
}

struct klpcc_error *klpcc_tree_open_module(const char *path, const char *module,
					   struct klpcc_tree **ret)
{
	struct klpcc_tree *tree;
	struct klpcc_error *err = klpcc_tree_open(path, &tree);

	if (err)
		return err;
	if (module) {
		tree->kernel = tree->source;
		tree->source = realpath(module, NULL);
		tree->runs_there = runs_there(tree->release);
		err = tree->source ? check_module(tree)
				   : klpcc_error_errno(errno, "%s", module);
	}
	if (err)
		klpcc_tree_close(tree);
	else
		*ret = tree;
	return err;
}

void klpcc_tree_close(struct klpcc_tree *tree)
{
	if (!tree)
		return;
	klpcc_tree_deinit(tree);
	free(tree);
}

void klpcc_tree_deinit(struct klpcc_tree *tree)
{
	free(tree->source);
	free(tree->build);
	free(tree->kernel);
	free(tree->release);
	free(tree->arch);
	free(tree->compiler);
	free(tree->cross);
}
