// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The command that compiles one file: see tree.h.
 *
 * An object is up to date when it is newer than all that its .cmd file names, as make has it. Then
 * the command is taken from there, and kbuild's start is saved. In every other case kbuild
 * decides.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kbuild.h"
#include "saved-command.h"
#include "tree.h"

/* ---- names ---------------------------------------------------------------------------- */

/* The path without the directory, if it is below it. */
static const char *strip_directory(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	if (strncmp(path, directory, length) || path[length] != '/')
		return NULL;
	return path + length + 1;
}

/* *ret: the real path of directory/name, or NULL when there is no such file. */
static struct klpcc_error *find_below(const char *directory, const char *name, char **ret)
{
	char *path;

	if (asprintf(&path, "%s/%s", directory, name) < 0)
		return klpcc_error_nomem();
	*ret = realpath(path, NULL);
	free(path);
	return NULL;
}

/* A source may be made by the build; and a relative path may be one from here. */
static struct klpcc_error *find_source(const struct klpcc_tree *tree, const char *source,
				       char **ret)
{
	struct klpcc_error *err = NULL;

	*ret = NULL;
	if (*source != '/')
		err = find_below(tree->source, source, ret);
	if (!err && !*ret && *source != '/')
		err = find_below(tree->build, source, ret);
	if (!err && !*ret)
		*ret = realpath(source, NULL);
	if (!err && !*ret)
		err = klpcc_error_new(
			ENOENT, "%s: there is no such file in the tree %s, nor here",
			source, tree->source);
	return err;
}

/*
 * A Makefile may build files of another directory, which have its flags then: amdgpu's
 * calls one of them drivers/gpu/drm/amd/amdgpu/../display/dc/core/dc.c, and only by that
 * name kbuild knows it.
 */
static bool is_name_across(const struct klpcc_tree *tree, const char *source)
{
	char *path;
	bool found;

	if (*source == '/' || !strstr(source, "/../") ||
	    asprintf(&path, "%s/%s", tree->source, source) < 0)
		return false;
	found = access(path, F_OK) == 0;
	free(path);
	return found;
}

struct klpcc_error *klpcc_tree_name(const struct klpcc_tree *tree, const char *source,
				    char **ret)
{
	struct klpcc_error *err;
	const char *name;
	char *path;

	err = find_source(tree, source, &path);
	if (err)
		return err;
	name = strip_directory(path, tree->source);
	if (!name)
		name = strip_directory(path, tree->build);
	if (!name)
		err = klpcc_error_new(EINVAL, "%s: it is not in the tree %s", source,
				      tree->source);
	else if (strlen(name) < 3 || strcmp(name + strlen(name) - 2, ".c"))
		err = klpcc_error_new(EINVAL, "%s: it is not a C file", source);
	else if (!(*ret = strdup(is_name_across(tree, source) ? source : name)))
		err = klpcc_error_nomem();
	free(path);
	return err;
}

/* "fs/fcntl.o" for "fs/fcntl.c"; kind: the letter. */
static char *name_target(const char *name, enum klpcc_tree_kind kind)
{
	char *target = strdup(name);

	if (target)
		target[strlen(target) - 1] = (char)kind;
	return target;
}

/* ---- up to date? ---------------------------------------------------------------------- */

static bool is_older(const struct timespec *one, const struct timespec *other)
{
	return one->tv_sec != other->tv_sec ? one->tv_sec < other->tv_sec
					    : one->tv_nsec < other->tv_nsec;
}

/* file: as the .cmd file names it. What is gone is a change, options that were never set apart. */
static bool is_unchanged(const char *directory, const char *file,
			 const struct stat *object)
{
	struct stat st;
	char *path = NULL;
	int result;

	if (*file != '/' && asprintf(&path, "%s/%s", directory, file) < 0)
		return false;
	result = stat(path ? path : file, &st);
	free(path);
	if (result < 0)
		return errno == ENOENT &&
		       !strncmp(file, "include/config/", strlen("include/config/"));
	return !is_older(&object->st_mtim, &st.st_mtim);
}

static bool is_current(const char *directory, const char *object,
		       const struct klpcc_saved_command *saved)
{
	struct stat st;

	if (stat(object, &st) < 0 || !saved->source ||
	    !is_unchanged(directory, saved->source, &st))
		return false;
	for (size_t i = 0; i < saved->prerequisites.count; i++)
		if (!is_unchanged(directory, saved->prerequisites.words[i], &st))
			return false;
	return true;
}

/* *current: whether *ret, which is filled in then, can be taken as it is. */
static struct klpcc_error *read_if_current(const struct klpcc_tree *tree,
					   const char *target, bool *current,
					   struct klpcc_saved_command *ret)
{
	struct klpcc_error *err;
	char *object;

	*current = false;
	/* kbuild writes what is missing or makes no sense. */
	err = klpcc_kbuild_saved(tree, target, ret);
	if (err) {
		klpcc_error_free(err);
		return NULL;
	}
	if (asprintf(&object, "%s/%s", klpcc_kbuild_objects(tree), target) < 0)
		err = klpcc_error_nomem();
	else
		*current = is_current(klpcc_tree_directory(tree), object, ret);
	if (!*current)
		klpcc_saved_command_deinit(ret);
	if (!err)
		free(object);
	return err;
}

/* ---- the command ---------------------------------------------------------------------- */

static struct klpcc_error *find_input(const struct klpcc_saved_command *saved,
				      const char *target, char **ret)
{
	*ret = NULL;
	for (size_t i = 1; saved->source && i < saved->argv.count; i++) {
		if (strcmp(saved->argv.words[i], saved->source))
			continue;
		if (*ret)
			return klpcc_error_new(EINVAL, "%s: its command names %s twice",
					       target, saved->source);
		*ret = saved->argv.words[i];
	}
	if (!*ret)
		return klpcc_error_new(EINVAL,
				       "%s: its command does not compile one source file",
				       target);
	return NULL;
}

/* "foo" of -DKBUILD_MODNAME="foo" */
static struct klpcc_error *find_module(const struct klpcc_saved_command *saved,
				       const char *target, char **ret)
{
	static const char option[] = "-DKBUILD_MODNAME=\"";

	for (size_t i = 1; i < saved->argv.count; i++) {
		const char *word = saved->argv.words[i];

		if (strncmp(word, option, strlen(option)))
			continue;
		word += strlen(option);
		*ret = strndup(word, strcspn(word, "\""));
		return *ret ? NULL : klpcc_error_nomem();
	}
	return klpcc_error_new(EINVAL, "%s: its command names no module", target);
}

/* Takes name and what saved holds over on success. */
static struct klpcc_error *fill_command(const struct klpcc_tree *tree, char *name,
					const char *target,
					struct klpcc_saved_command *saved,
					struct klpcc_tree_command *ret)
{
	struct klpcc_tree_command command = { .source = name };
	struct klpcc_error *err = find_input(saved, target, &command.input);

	if (err)
		return err;
	if (tree->kernel)
		err = find_module(saved, target, &command.module);
	if (err)
		return err;
	if (asprintf(&command.object, "%s/%s", klpcc_kbuild_objects(tree), target) < 0) {
		free(command.module);
		return klpcc_error_nomem();
	}
	command.argv = saved->argv.words;
	command.argc = saved->argv.count;
	saved->argv = (struct klpcc_words){ NULL, 0, 0 };
	*ret = command;
	return NULL;
}

static struct klpcc_error *get_command(const struct klpcc_tree *tree, char *name,
				       const char *target, struct klpcc_tree_command *ret)
{
	struct klpcc_saved_command saved = { .source = NULL };
	const char *const targets[] = { target, NULL };
	struct klpcc_error *err;
	bool current;

	err = read_if_current(tree, target, &current, &saved);
	if (!err && !current) {
		err = klpcc_error_prefix(klpcc_kbuild_run(tree, targets, false, false),
					 "%s", name);
		if (!err)
			err = klpcc_kbuild_saved(tree, target, &saved);
	}
	if (!err)
		err = fill_command(tree, name, target, &saved, ret);
	klpcc_saved_command_deinit(&saved);
	return err;
}

struct klpcc_error *klpcc_tree_command_of(const struct klpcc_tree *tree,
					  const char *source, enum klpcc_tree_kind kind,
					  struct klpcc_tree_command *ret)
{
	struct klpcc_error *err;
	char *name, *target;

	err = klpcc_tree_name(tree, source, &name);
	if (err)
		return err;
	target = name_target(name, kind);
	err = target ? get_command(tree, name, target, ret) : klpcc_error_nomem();
	free(target);
	if (err)
		free(name);
	return err;
}

struct klpcc_error *klpcc_tree_command(const struct klpcc_tree *tree, const char *source,
				       struct klpcc_tree_command *ret)
{
	return klpcc_tree_command_of(tree, source, KLPCC_TREE_OBJECT, ret);
}

void klpcc_tree_command_deinit(struct klpcc_tree_command *command)
{
	for (size_t i = 0; i < command->argc; i++)
		free(command->argv[i]);
	free(command->argv);
	free(command->source);
	free(command->object);
	free(command->module);
	*command = (struct klpcc_tree_command){ .source = NULL };
}

/* ---- several at once ------------------------------------------------------------------ */

/* *target: malloc()ed, what kbuild makes of the source. *current: it is made. */
static struct klpcc_error *look_up(const struct klpcc_tree *tree, const char *source,
				   enum klpcc_tree_kind kind, char **target,
				   bool *current)
{
	struct klpcc_saved_command saved;
	struct klpcc_error *err;
	char *name;

	err = klpcc_tree_name(tree, source, &name);
	if (err)
		return err;
	*target = name_target(name, kind);
	free(name);
	if (!*target)
		return klpcc_error_nomem();
	err = read_if_current(tree, *target, current, &saved);
	if (!err && *current)
		klpcc_saved_command_deinit(&saved);
	if (err)
		free(*target);
	return err;
}

bool klpcc_tree_is_current(const struct klpcc_tree *tree, const char *source,
			   enum klpcc_tree_kind kind)
{
	bool current = false;
	char *target = NULL;
	struct klpcc_error *err = look_up(tree, source, kind, &target, &current);

	if (!err)
		free(target);
	klpcc_error_free(err);
	return !err && current;
}

static struct klpcc_error *add_if_old(const struct klpcc_tree *tree, const char *source,
				      enum klpcc_tree_kind kind,
				      struct klpcc_words *targets)
{
	bool current = false;
	char *target;
	struct klpcc_error *err = look_up(tree, source, kind, &target, &current);

	if (err)
		return err;
	if (!current)
		return klpcc_words_take(targets, target);
	free(target);
	return NULL;
}

/*
 * kbuild hands its targets on in one variable of the environment, of which Linux allows 128 KiB
 * (MAX_ARG_STRLEN).
 */
#define TARGETS_OF_A_RUN 500

/* targets: of more than one run, perhaps. The first error is returned, after all have run. */
static struct klpcc_error *run_in_portions(const struct klpcc_tree *tree,
					   const struct klpcc_words *targets, bool silent)
{
	struct klpcc_error *first = NULL;

	for (size_t at = 0; at < targets->count; at += TARGETS_OF_A_RUN) {
		const char *portion[TARGETS_OF_A_RUN + 1];
		struct klpcc_error *err;
		size_t count = 0;

		while (count < TARGETS_OF_A_RUN && at + count < targets->count) {
			portion[count] = targets->words[at + count];
			count++;
		}
		portion[count] = NULL;
		err = klpcc_kbuild_run(tree, portion, true, silent);
		if (first)
			klpcc_error_free(err);
		else
			first = err;
	}
	return first;
}

struct klpcc_error *klpcc_tree_build_as(const struct klpcc_tree *tree,
					char *const *sources, size_t count,
					enum klpcc_tree_kind kind)
{
	struct klpcc_words targets = { NULL, 0, 0 };
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < count; i++)
		err = add_if_old(tree, sources[i], kind, &targets);
	if (!err)
		/* Not all of them can be made without the objects, and each is asked for again. */
		err = run_in_portions(tree, &targets, kind == KLPCC_TREE_PREPROCESSED);
	klpcc_words_deinit(&targets);
	return err;
}

struct klpcc_error *klpcc_tree_build(const struct klpcc_tree *tree, char *const *sources,
				     size_t count)
{
	return klpcc_tree_build_as(tree, sources, count, KLPCC_TREE_OBJECT);
}
