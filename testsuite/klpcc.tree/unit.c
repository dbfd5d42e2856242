// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Opens a tree, takes the command of a file and compiles by it, as those do who replace files:
 *
 *	unit open DIR			what the tree is
 *	unit command DIR SOURCE		the command, a word a line
 *	unit flags DIR SOURCE		the options for a unit elsewhere
 *	unit compile DIR SOURCE OBJECT [OTHER [EXTRA...]]
 *	unit build DIR SOURCE...
 *	unit lacks DIR SOURCE HEADER...	whether the object is known to have none of them
 *	unit list DIR			what is built; '-': what is not; '=': by other rules
 *	unit saved FILE TARGET		the words in a .cmd file
 *
 * An error goes to standard output, as "error: ...".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tree/list.h"
#include "tree/saved-command.h"
#include "tree/tree.h"

static void print_words(char *const *words)
{
	for (; *words; words++)
		puts(*words);
}

static struct klpcc_error *show_saved(const char *path, const char *target)
{
	struct klpcc_saved_command saved;
	struct klpcc_buffer contents;
	struct klpcc_error *err = klpcc_file_read(path, &contents);

	if (err)
		return err;
	err = klpcc_saved_command_parse("file", target, &contents, &saved);
	klpcc_buffer_deinit(&contents);
	if (err)
		return err;
	print_words(saved.argv.words);
	klpcc_saved_command_deinit(&saved);
	return NULL;
}

static struct klpcc_error *show_flags(const struct klpcc_tree *tree,
				      const struct klpcc_tree_command *command)
{
	char **flags;
	struct klpcc_error *err = klpcc_tree_flags(tree, command, &flags);

	if (err)
		return err;
	print_words(flags);
	klpcc_tree_flags_free(flags);
	return NULL;
}

static struct klpcc_error *compile(const struct klpcc_tree *tree,
				   const struct klpcc_tree_command *command, char **argv)
{
	const char *other = argv[0] ? argv[1] : NULL;

	return klpcc_tree_compile(tree, command, other && *other ? other : NULL,
				  other ? (const char *const *)argv + 2 : NULL, argv[0]);
}

static struct klpcc_error *use_file(const struct klpcc_tree *tree, const char *what,
				    char **argv)
{
	struct klpcc_tree_command command;
	struct klpcc_error *err = klpcc_tree_command(tree, argv[0], &command);

	if (err)
		return err;
	if (!strcmp(what, "flags"))
		err = show_flags(tree, &command);
	else if (!strcmp(what, "compile"))
		err = compile(tree, &command, argv + 1);
	else
		print_words(command.argv);
	klpcc_tree_command_deinit(&command);
	return err;
}

static struct klpcc_error *show_lacks(const struct klpcc_tree *tree, const char *source,
				      char **headers, int count)
{
	struct klpcc_words words = { .count = 0 };
	struct klpcc_error *err = NULL;

	for (int i = 0; !err && i < count; i++)
		err = klpcc_words_add(&words, headers[i]);
	if (!err)
		puts(klpcc_tree_lacks_headers(tree, source, &words) ? "yes" : "no");
	klpcc_words_deinit(&words);
	return err;
}

static void print_names(const char *before, const struct klpcc_words *names)
{
	for (size_t i = 0; i < names->count; i++)
		printf("%s%s\n", before, names->words[i]);
}

static struct klpcc_error *show_list(const struct klpcc_tree *tree)
{
	struct klpcc_tree_list list = { .built = { .count = 0 } };
	struct klpcc_error *err = klpcc_tree_list(tree, &list);

	print_names("", &list.built);
	print_names("-", &list.off);
	print_names("=", &list.other);
	klpcc_tree_list_deinit(&list);
	return err;
}

static struct klpcc_error *use_tree(const char *what, const char *path, int argc,
				    char **argv)
{
	struct klpcc_tree *tree;
	struct klpcc_error *err = klpcc_tree_open(path, &tree);

	if (err)
		return err;
	if (!strcmp(what, "open"))
		printf("%s\n%s\n%s\n%s\n%s\n%s\n", tree->source, tree->build,
		       tree->release, tree->arch, tree->compiler, tree->cross);
	else if (!strcmp(what, "build"))
		err = klpcc_tree_build(tree, argv, (size_t)argc);
	else if (!strcmp(what, "lacks"))
		err = show_lacks(tree, argv[0], argv + 1, argc - 1);
	else if (!strcmp(what, "list"))
		err = show_list(tree);
	else
		err = use_file(tree, what, argv);
	klpcc_tree_close(tree);
	return err;
}

int main(int argc, char **argv)
{
	struct klpcc_error *err;

	if (argc < 3)
		return 2;
	err = strcmp(argv[1], "saved") ? use_tree(argv[1], argv[2], argc - 3, argv + 3)
				       : show_saved(argv[2], argv[3]);
	if (!err)
		return 0;
	printf("error: %s\n", err->message);
	klpcc_error_free(err);
	return 1;
}
