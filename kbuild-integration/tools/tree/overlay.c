// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files that go before those of the tree: see tree.h.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kbuild.h"
#include "list.h"
#include "tree.h"

struct overlay {
	const struct klpcc_tree *tree;
	const char *directory, *name;
	struct klpcc_words argv;
};

/*
 * path: as the compiler has it. *ret: relative to the source, "" for that itself; NULL if
 * it is not in there.
 */
static struct klpcc_error *find_relative(const struct klpcc_tree *tree, const char *path,
					 char **ret)
{
	const size_t length = strlen(tree->source);
	struct klpcc_error *err = NULL;
	char *joined = NULL, *real = NULL;

	*ret = NULL;
	if (asprintf(&joined, "%s/%s", *path == '/' ? "" : klpcc_tree_directory(tree),
		     path) < 0)
		return klpcc_error_nomem();
	real = realpath(joined, NULL);
	if (real && !strncmp(real, tree->source, length) &&
	    (real[length] == '/' || !real[length])) {
		*ret = strdup(real + length + (real[length] != '\0'));
		err = *ret ? NULL : klpcc_error_nomem();
	}
	free(joined);
	free(real);
	return err;
}

/* option: "-I" or "-iquote". path: a directory that the compiler looks into. */
static struct klpcc_error *add_before(struct overlay *overlay, const char *option,
				      const char *path)
{
	char *relative, *place = NULL;
	struct klpcc_error *err = find_relative(overlay->tree, path, &relative);

	if (err || !relative)
		return err;
	if (asprintf(&place, "%s/%s", overlay->directory, relative) < 0)
		err = klpcc_error_nomem();
	if (!err && !access(place, F_OK)) {
		err = klpcc_words_add(&overlay->argv, option);
		if (!err)
			err = klpcc_words_addf(&overlay->argv, "%s%s%s", overlay->name,
					       *relative ? "/" : "", relative);
	}
	free(place);
	free(relative);
	return err;
}

/* An original in the directory of the build is named without one. */
static struct klpcc_error *add_own_directory(struct overlay *overlay, const char *input)
{
	const char *slash = strrchr(input, '/');
	char *directory = slash ? strndup(input, (size_t)(slash - input)) : strdup(".");
	struct klpcc_error *err = directory ? add_before(overlay, "-iquote", directory)
					    : klpcc_error_nomem();

	free(directory);
	return err;
}

/* A word of the command, and the next one. */
static struct klpcc_error *add_word(struct overlay *overlay, const char *word,
				    const char *next)
{
	static const char *const options[] = { "-I", "-iquote", "-isystem" };
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < sizeof(options) / sizeof(options[0]); i++) {
		const size_t length = strlen(options[i]);

		if (strncmp(word, options[i], length))
			continue;
		err = add_before(overlay, options[i],
				 word[length] ? word + length : next);
	}
	return err ? err : klpcc_words_add(&overlay->argv, word);
}

/* What goes before all options of the command. */
static struct klpcc_error *add_first(struct overlay *overlay, const char *first,
				     const char *input)
{
	struct klpcc_error *err =
		first ? klpcc_words_addf(&overlay->argv, "-I%s", first) : NULL;

	return err ? err : add_own_directory(overlay, input);
}

/* The compiler may be of several words. */
static struct klpcc_error *add_words(struct overlay *overlay,
				     const struct klpcc_tree_command *command,
				     const char *first)
{
	struct klpcc_error *err = NULL;
	bool options = false;

	for (size_t i = 0; !err && i < command->argc; i++) {
		const char *word = command->argv[i];
		const char *next = i + 1 < command->argc ? command->argv[i + 1] : "";

		if (!options && *word == '-') {
			options = true;
			err = add_first(overlay, first, command->input);
		}
		if (!err)
			err = add_word(overlay, word, next);
	}
	return err;
}

struct klpcc_error *klpcc_tree_overlay(const struct klpcc_tree *tree,
				       const struct klpcc_tree_command *command,
				       const char *directory, const char *name,
				       const char *first, struct klpcc_tree_command *ret)
{
	struct overlay overlay = { .tree = tree, .directory = directory, .name = name };
	struct klpcc_tree_command copy = { .source = strdup(command->source),
					   .object = strdup(command->object) };
	struct klpcc_error *err = copy.source && copy.object
					  ? add_words(&overlay, command, first)
					  : klpcc_error_nomem();

	copy.argv = overlay.argv.words;
	copy.argc = overlay.argv.count;
	for (size_t i = 0; i < copy.argc; i++)
		if (!strcmp(copy.argv[i], command->input))
			copy.input = copy.argv[i];
	if (err)
		klpcc_tree_command_deinit(&copy);
	else
		*ret = copy;
	return err;
}

/* ---- what an object was made of ----------------------------------------------------------- */

/* file: as the .cmd file names it. */
static struct klpcc_error *find_header(const struct klpcc_tree *tree, const char *file,
				       const struct klpcc_words *headers,
				       const char **ret)
{
	struct klpcc_error *err = NULL;
	char *relative = NULL;
	bool looked = false;

	for (size_t i = 0; !err && i < headers->count; i++) {
		const char *header = headers->words[i];

		if (strcmp(klpcc_base_name(file), klpcc_base_name(header)))
			continue;
		if (!looked)
			err = find_relative(tree, file, &relative);
		looked = true;
		if (!err && relative && !strcmp(relative, header))
			*ret = header;
	}
	free(relative);
	return err;
}

struct klpcc_error *klpcc_tree_find_dependency(const struct klpcc_tree *tree,
					       const struct klpcc_tree_command *command,
					       const struct klpcc_words *headers,
					       const char **ret)
{
	struct klpcc_saved_command saved;
	struct klpcc_error *err;

	*ret = NULL;
	err = klpcc_kbuild_saved(
		tree, command->object + strlen(klpcc_kbuild_objects(tree)) + 1, &saved);
	if (err)
		return err;
	for (size_t i = 0; !err && !*ret && i < saved.prerequisites.count; i++)
		err = find_header(tree, saved.prerequisites.words[i], headers, ret);
	klpcc_saved_command_deinit(&saved);
	return err;
}

bool klpcc_tree_lacks_headers(const struct klpcc_tree *tree, const char *source,
			      const struct klpcc_words *headers)
{
	struct klpcc_tree_command command;
	const char *header = NULL;
	struct klpcc_error *err;

	if (!klpcc_tree_is_current(tree, source, KLPCC_TREE_OBJECT))
		return false;
	err = klpcc_tree_command(tree, source, &command);
	if (!err) {
		err = klpcc_tree_find_dependency(tree, &command, headers, &header);
		klpcc_tree_command_deinit(&command);
	}
	if (!err)
		return !header;
	klpcc_error_free(err);
	return false;
}
