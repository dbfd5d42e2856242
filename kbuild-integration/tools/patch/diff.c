// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The fix: see diff.h.
 *
 * git runs in a directory that has copies of the files that the diff names, and nothing else. It
 * must not take a repository around that for its own.
 */
#include "diff.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/file.h"
#include "../lib/run.h"
#include "../lib/scratch.h"
#include "patch-private.h"

/* GIT_CEILING_DIRECTORIES would not do: the path of a temporary directory may have a ":". */
static struct klpcc_error *prepare_git(void)
{
	static const char *const variables[] = { "GIT_WORK_TREE", "GIT_INDEX_FILE",
						 "GIT_PREFIX" };

	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		unsetenv(variables[i]);
	return setenv("GIT_DIR", "/dev/null", 1) ? klpcc_error_nomem() : NULL;
}

/* Runs `git apply OPTION... DIFF` in the directory. */
static struct klpcc_error *run_apply(const char *directory,
				     const struct klpcc_words *options, const char *diff,
				     struct klpcc_buffer *ret)
{
	struct klpcc_words argv = { .count = 0 };
	struct klpcc_error *err = klpcc_words_add(&argv, "git");

	if (!err)
		err = klpcc_words_add(&argv, "apply");
	for (size_t i = 0; !err && i < options->count; i++)
		err = klpcc_words_add(&argv, options->words[i]);
	if (!err)
		err = klpcc_words_add(&argv, "--");
	if (!err)
		err = klpcc_words_add(&argv, diff);
	if (!err) {
		struct klpcc_run run = { .argv = (const char *const *)argv.words,
					 .directory = directory };

		err = klpcc_run_read(&run, ret);
	}
	klpcc_words_deinit(&argv);
	return err;
}

/* Which files the diff changes. */
static struct klpcc_error *list_files(const char *directory, const char *diff,
				      struct klpcc_buffer *ret)
{
	struct klpcc_words options = { .count = 0 };
	struct klpcc_error *err = klpcc_words_add(&options, "--numstat");

	if (!err)
		err = klpcc_words_add(&options, "-z");
	if (!err)
		err = run_apply(directory, &options, diff, ret);
	klpcc_words_deinit(&options);
	return err;
}

/* ---- which files ----------------------------------------------------------------------- */

static bool has_no_code(const char *path)
{
	static const char *const ends[] = { ".rst",    ".txt",       "MAINTAINERS",
					    "CREDITS", ".gitignore", ".mailmap" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (klpcc_patch_ends_with(path, ends[i]))
			return true;
	return !strncmp(path, "Documentation/", strlen("Documentation/")) ||
	       !strncmp(path, "tools/", strlen("tools/"));
}

static bool has_code(const char *path)
{
	return klpcc_patch_ends_with(path, ".c") || klpcc_patch_ends_with(path, ".h") ||
	       klpcc_patch_ends_with(path, ".S") || klpcc_patch_ends_with(path, ".inc");
}

/*
 * Is it another architecture's? Of its code, one that is alike may build files, and arm64 does:
 * these are looked at later. But not what is new.
 */
static bool is_foreign(const struct klpcc_tree *tree, const char *path)
{
	const size_t length = strlen(tree->arch);
	const char *arch = path + strlen("arch/");
	bool found = false;
	char *original;

	if (tree->kernel || strncmp(path, "arch/", strlen("arch/")) ||
	    !strchr(arch, '/') ||
	    (!strncmp(arch, tree->arch, length) && arch[length] == '/'))
		return false;
	if (has_code(path) && asprintf(&original, "%s/%s", tree->source, path) >= 0) {
		found = !access(original, F_OK);
		free(original);
	}
	return !found;
}

static bool is_listed(const struct klpcc_words *files, const char *path)
{
	for (size_t i = 0; i < files->count; i++)
		if (!strcmp(files->words[i], path))
			return true;
	return false;
}

/* Copies a file where it was not copied before. A header may be new. */
static struct klpcc_error *take_file(const char *path, const struct klpcc_tree *tree,
				     const char *changed, struct klpcc_words *files)
{
	char *from = NULL, *to = NULL, *text = NULL;
	struct klpcc_error *err;

	if (asprintf(&from, "%s/%s", tree->source, path) < 0)
		from = NULL;
	if (asprintf(&to, "%s/%s", changed, path) < 0)
		to = NULL;
	if (!from || !to)
		err = klpcc_error_nomem();
	else if (!access(to, F_OK) ||
		 (access(from, F_OK) && klpcc_patch_ends_with(path, ".h")))
		err = NULL;
	else if (access(from, F_OK))
		err = klpcc_error_new(
			ENOENT,
			"it changes '%s', which %s does not have; a livepatch cannot have a new file, nor one of another name%s",
			path, tree->kernel ? tree->source : "the kernel's source",
			tree->kernel
				? ", and files of the kernel's own tree need a fix of their own, without --module-dir"
				: "");
	else
		err = klpcc_file_read_text(from, &text);
	if (!err && text)
		err = klpcc_scratch_parents(to);
	if (!err && text)
		err = klpcc_file_write_text(to, text);
	if (!err && !is_listed(files, path))
		err = klpcc_words_add(files, path);
	free(from);
	free(to);
	free(text);
	return err;
}

/* What the diffs change, and what git is to leave out of this one. */
struct taken {
	struct klpcc_patch_maker *maker;
	const struct klpcc_tree *tree;
	const char *changed; /* a directory */
	struct klpcc_words options;
};

static struct klpcc_error *leave_out(struct taken *taken, const char *path,
				     const char *why)
{
	struct klpcc_error *err = klpcc_patch_leave_out(taken->maker->patch, path, why);

	return err ? err : klpcc_words_addf(&taken->options, "--exclude=%s", path);
}

/* One entry of `git apply --numstat -z`: "ADDED\tDELETED\tPATH". */
static struct klpcc_error *take_entry(char *entry, struct taken *taken)
{
	char *added = strsep(&entry, "\t"), *path;

	strsep(&entry, "\t");
	path = entry;
	if (!path || !*path)
		return klpcc_error_new(EINVAL, "it has a file without a name");
	if (path[0] == '/' || !strncmp(path, "../", 3) || strstr(path, "/../"))
		return klpcc_error_new(EINVAL, "'%s' is outside of the kernel's source",
				       path);
	if (has_no_code(path))
		return leave_out(taken, path, "it is no code of the kernel");
	if (is_foreign(taken->tree, path))
		return leave_out(taken, path, "it is another architecture's");
	if (!strcmp(added, "-"))
		return klpcc_error_new(EINVAL, "it changes '%s', a binary file", path);
	return take_file(path, taken->tree, taken->changed, &taken->maker->files);
}

static struct klpcc_error *take_files(const char *diff, struct taken *taken)
{
	struct klpcc_buffer list = { .size = 0 };
	struct klpcc_error *err = list_files(taken->changed, diff, &list);

	if (!err && !list.size)
		err = klpcc_error_new(EINVAL, "it changes nothing");
	for (size_t at = 0; !err && at < list.size;) {
		char *entry = strndup((char *)list.data + at, list.size - at);

		if (!entry)
			err = klpcc_error_nomem();
		at += entry ? strlen(entry) + 1 : 0;
		if (!err)
			err = take_entry(entry, taken);
		free(entry);
	}
	klpcc_buffer_deinit(&list);
	return err;
}

/* ---- all of it ------------------------------------------------------------------------- */

static struct klpcc_error *apply_diff(const char *diff, struct taken *taken)
{
	struct klpcc_buffer nothing = { .size = 0 };
	char *path = realpath(diff, NULL);
	struct klpcc_error *err;

	if (!path)
		return klpcc_error_errno(errno, "%s", diff);
	err = take_files(path, taken);
	if (!err)
		err = run_apply(taken->changed, &taken->options, path, &nothing);
	klpcc_words_deinit(&taken->options);
	klpcc_buffer_deinit(&nothing);
	free(path);
	return klpcc_error_prefix(err, "%s", diff);
}

struct klpcc_error *klpcc_diff_apply(struct klpcc_patch_maker *maker,
				     const struct klpcc_tree *tree, const char *changed)
{
	const struct klpcc_patch_request *request = maker->request;
	struct taken taken = { .maker = maker, .tree = tree, .changed = changed };
	struct klpcc_words *files = &maker->files;
	struct klpcc_error *err = prepare_git();

	for (size_t i = 0; !err && i < request->diff_count; i++)
		err = apply_diff(request->diffs[i], &taken);
	if (!err && !files->count)
		err = klpcc_error_new(EINVAL, "%s: it changes no C file",
				      request->diffs[0]);
	if (!err)
		klpcc_words_sort(files, 0);
	return err;
}
