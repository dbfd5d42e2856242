// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where each file of the fix goes: see sort.h.
 */
#include "sort.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/file.h"
#include "users.h"

static struct klpcc_error *refuse_unknown(const struct klpcc_patch_maker *maker,
					  const char *file)
{
	return klpcc_error_new(
		ENOTSUP,
		"%s: it cannot be told what %s has of it: it is neither among the files that the configuration builds, nor among those that it leaves out; have a fix without it if the kernel can do without that change",
		file, maker->request->release);
}

/* Where a file of the fix goes. */
struct sorted {
	struct klpcc_words files, headers, left;
};

/* Not a header. Options of a Kconfig may be others' as well. */
static struct klpcc_error *sort_file(struct klpcc_patch_maker *maker,
				     const struct klpcc_tree *tree,
				     const struct klpcc_patch_built *built,
				     const char *file, struct sorted *sorted)
{
	const bool code = klpcc_patch_ends_with(file, ".c");
	enum klpcc_patch_use use;
	struct klpcc_error *err = klpcc_patch_find_use(tree, built, file, &use);

	if (err)
		return err;
	if (use == KLPCC_USE_NONE && strncmp(klpcc_base_name(file), "Kconfig", 7) != 0)
		return klpcc_words_add(&sorted->left, file);
	if (!code)
		return klpcc_error_new(
			ENOTSUP,
			"%s: only functions of C files and headers can be replaced; have a fix without it if the kernel can do without that change",
			file);
	if (use == KLPCC_USE_BUILT)
		return klpcc_patch_add_built(built, file, &sorted->files);
	return use == KLPCC_USE_INCLUDED ? klpcc_words_add(&sorted->headers, file)
					 : refuse_unknown(maker, file);
}

/* One that nobody includes stays: a file that the fix changes may do so now. */
static struct klpcc_error *sort_header(struct klpcc_patch_maker *maker,
				       const struct klpcc_tree *tree,
				       const struct klpcc_patch_built *built,
				       const char *file, struct sorted *sorted)
{
	enum klpcc_patch_use use;
	struct klpcc_error *err = klpcc_patch_find_use(tree, built, file, &use);
	bool there = false;
	char *path = NULL;

	if (!err && use == KLPCC_USE_UNKNOWN)
		err = refuse_unknown(maker, file);
	if (!err)
		err = klpcc_patch_path(&path, maker->scratch, "changed/", file);
	if (!err)
		there = !access(path, F_OK);
	free(path);
	if (err)
		return err;
	return use == KLPCC_USE_NONE && !there ? klpcc_words_add(&sorted->left, file)
					       : klpcc_words_add(&sorted->headers, file);
}

/* Says which files are left out, if there are others. */
static struct klpcc_error *leave_out(struct klpcc_patch_maker *maker,
				     const struct sorted *sorted)
{
	struct klpcc_error *err = NULL;
	char *why;

	if (sorted->left.count && !sorted->files.count && !sorted->headers.count)
		return klpcc_error_new(
			ENOTSUP,
			"%s: the configuration of %s does not build it, so the kernel has nothing of it to be replaced",
			sorted->left.words[0], maker->request->release);
	if (asprintf(&why, "the configuration of %s does not build it",
		     maker->request->release) < 0)
		return klpcc_error_nomem();
	for (size_t i = 0; !err && i < sorted->left.count; i++)
		err = klpcc_patch_leave_out(maker->patch, sorted->left.words[i], why);
	free(why);
	return err;
}

static struct klpcc_error *sort_all(struct klpcc_patch_maker *maker,
				    const struct klpcc_tree *tree,
				    const struct klpcc_patch_built *built,
				    struct sorted *sorted)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < maker->files.count; i++)
		err = sort_file(maker, tree, built, maker->files.words[i], sorted);
	for (size_t i = 0; !err && i < maker->headers.count; i++)
		err = sort_header(maker, tree, built, maker->headers.words[i], sorted);
	return err ? err : leave_out(maker, sorted);
}

static struct klpcc_error *sort_files(struct klpcc_patch_maker *maker,
				      const struct klpcc_tree *tree,
				      const struct klpcc_patch_built *built)
{
	struct sorted sorted = { .left = { .count = 0 } };
	struct klpcc_error *err = sort_all(maker, tree, built, &sorted);

	klpcc_words_deinit(&sorted.left);
	if (err) {
		klpcc_words_deinit(&sorted.files);
		klpcc_words_deinit(&sorted.headers);
		return err;
	}
	klpcc_words_deinit(&maker->files);
	klpcc_words_deinit(&maker->headers);
	maker->files = sorted.files;
	maker->headers = sorted.headers;
	klpcc_words_sort(&maker->files, 0);
	return NULL;
}

static struct klpcc_error *check_there(const struct klpcc_patch_maker *maker,
				       const struct klpcc_words *files)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < files->count; i++) {
		char *name = klpcc_tree_plain_name(files->words[i]), *path = NULL;

		err = name ? klpcc_patch_path(&path, maker->scratch, "changed/", name)
			   : klpcc_error_nomem();
		if (!err && access(path, F_OK))
			err = klpcc_error_new(
				ENOTSUP,
				"the fix removes '%s', and a livepatch cannot remove a file of the kernel",
				name);
		free(path);
		free(name);
	}
	return err;
}

static bool are_current(const struct klpcc_tree *tree, const struct klpcc_words *files)
{
	for (size_t i = 0; i < files->count; i++)
		if (!klpcc_tree_is_current(tree, files->words[i], KLPCC_TREE_OBJECT))
			return false;
	return true;
}

static struct klpcc_error *add_users(struct klpcc_patch_maker *maker,
				     const struct klpcc_tree *tree,
				     struct klpcc_patch_built *built)
{
	struct klpcc_error *err = klpcc_patch_read_built(tree, built);

	maker->included = calloc(maker->headers.count, sizeof(bool));
	if (!err && !maker->included)
		err = klpcc_error_nomem();
	if (!err)
		err = klpcc_patch_find_users(maker, tree, built);
	klpcc_words_sort(&maker->files, maker->own_count);
	return err;
}

struct klpcc_error *klpcc_patch_sort_files(struct klpcc_patch_maker *maker,
					   const struct klpcc_tree *tree)
{
	struct klpcc_patch_built built = { .includes = NULL };
	struct klpcc_error *err = NULL;

	if (maker->headers.count || !are_current(tree, &maker->files)) {
		err = klpcc_patch_read_built(tree, &built);
		if (!err)
			err = sort_files(maker, tree, &built);
	}
	maker->own_count = maker->files.count;
	/* Others may have the code of a file that is compiled by itself, too. */
	if (!err)
		err = klpcc_tree_find_included(tree, &maker->files, &maker->headers);
	if (!err)
		err = check_there(maker, &maker->files);
	if (!err)
		err = check_there(maker, &maker->headers);
	if (!err && maker->headers.count)
		err = add_users(maker, tree, &built);
	else if (!err && maker->request->user_count)
		err = klpcc_error_new(EINVAL,
				      "--header-user: %s: the fix changes no header",
				      maker->request->users[0]);
	klpcc_patch_deinit_built(&built);
	return err;
}
