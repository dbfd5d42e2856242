// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the compiler says of a file that does not compile.
 *
 * What is compared has lines and names of the originals, and the compiler quotes the file that is
 * called so. For its messages, a directory has the file and the headers as the fix leaves them.
 * What is wrong in a header is wrong for all that include it, so one file has to do.
 */
#include <errno.h>
#include <stdlib.h>

#include "../lib/file.h"
#include "../lib/scratch.h"
#include "../tree/list.h"
#include "headers.h"
#include "patch-private.h"

static struct klpcc_error *copy_text(const char *from, const char *to)
{
	char *text = NULL;
	struct klpcc_error *err = klpcc_file_read_text(from, &text);

	if (!err)
		err = klpcc_scratch_parents(to);
	if (!err)
		err = klpcc_file_write_text(to, text);
	free(text);
	return err;
}

/* The headers come first: the directories that they are in would be links to the source. */
static struct klpcc_error *fill_directory(const struct klpcc_patch_maker *maker,
					  const struct klpcc_tree *tree,
					  const struct klpcc_tree_command *command,
					  const char *text, const char *directory,
					  const char *path)
{
	struct klpcc_words self = { .count = 0 };
	struct klpcc_error *err = klpcc_words_add(&self, command->source);

	if (!err)
		err = klpcc_patch_write_headers(maker, &self, tree->source, directory);
	if (!err)
		err = copy_text(text, path);
	klpcc_words_deinit(&self);
	return err;
}

static struct klpcc_error *complain(const struct klpcc_patch_maker *maker,
				    const struct klpcc_tree *tree,
				    const struct klpcc_tree_command *command,
				    const char *text, const char *name,
				    const char *object)
{
	struct klpcc_tree_command overlaid = { .source = NULL };
	char *directory = NULL, *path = NULL, *hidden = NULL;
	char *plain = klpcc_tree_plain_name(command->source);
	struct klpcc_error *err =
		plain ? klpcc_patch_path(&directory, maker->scratch, name, ".fix")
		      : klpcc_error_nomem();

	if (!err)
		err = klpcc_patch_path(&hidden, directory, "", "");
	if (!err)
		err = klpcc_patch_path(&path, directory, plain, "");
	if (!err)
		err = fill_directory(maker, tree, command, text, directory, path);
	if (!err)
		err = klpcc_tree_overlay(tree, command, directory, directory,
					 maker->patch->compat, &overlaid);
	if (!err)
		err = klpcc_tree_complain(tree, &overlaid, path, hidden, object);
	klpcc_tree_command_deinit(&overlaid);
	free(plain);
	free(directory);
	free(path);
	free(hidden);
	return err;
}

struct klpcc_error *klpcc_patch_complain(struct klpcc_patch_maker *maker,
					 const struct klpcc_tree *tree,
					 const struct klpcc_tree_command *command,
					 const char *text, const char *name,
					 const char *object)
{
	if (__atomic_exchange_n(&maker->complained, true, __ATOMIC_RELAXED))
		return klpcc_error_new(ECANCELED, "another file does not compile");
	return complain(maker, tree, command, text, name, object);
}

bool klpcc_patch_has_complained(const struct klpcc_patch_maker *maker)
{
	return __atomic_load_n(&maker->complained, __ATOMIC_RELAXED);
}

struct klpcc_error *klpcc_patch_first_error(struct klpcc_error **errors, size_t count)
{
	struct klpcc_error *first = NULL;

	for (size_t i = 0; i < count; i++) {
		const bool better =
			errors[i] && (!first || (first->code == ECANCELED &&
						 errors[i]->code != ECANCELED));

		klpcc_error_free(better ? first : errors[i]);
		first = better ? errors[i] : first;
		errors[i] = NULL;
	}
	return first;
}
