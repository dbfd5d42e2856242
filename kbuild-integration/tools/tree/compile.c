// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs the compiler as a file's command does, without kbuild: see tree.h.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/run.h"
#include "../lib/words.h"
#include "tree.h"

static struct klpcc_error *make_absolute(const char *path, char **ret)
{
	char *directory;
	int length;

	if (*path == '/') {
		*ret = strdup(path);
		return *ret ? NULL : klpcc_error_nomem();
	}
	directory = getcwd(NULL, 0);
	if (!directory)
		return klpcc_error_errno(errno, "the working directory");
	length = asprintf(ret, "%s/%s", directory, path);
	free(directory);
	if (length >= 0)
		return NULL;
	*ret = NULL;
	return klpcc_error_nomem();
}

/* The list of prerequisites is kbuild's: it must go on to fit kbuild's object. */
static bool writes_dependencies(const char *word)
{
	return !strncmp(word, "-Wp,-MD,", 8) || !strncmp(word, "-Wp,-MMD,", 9);
}

static struct klpcc_error *add_words(const struct klpcc_tree_command *command,
				     const char *source, const char *object,
				     struct klpcc_words *argv)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < command->argc; i++) {
		char *word = command->argv[i];

		if (writes_dependencies(word))
			continue;
		if (!strcmp(word, "-o") && i + 1 < command->argc) {
			err = klpcc_words_add(argv, word);
			if (!err)
				err = klpcc_words_add(argv, object);
			i++;
		} else {
			err = klpcc_words_add(
				argv, word == command->input && source ? source : word);
		}
	}
	return err;
}

/* An original in the directory of the build is named without one. */
static struct klpcc_error *add_quote_directory(const struct klpcc_tree_command *command,
					       struct klpcc_words *argv)
{
	const char *slash = strrchr(command->input, '/');
	struct klpcc_error *err = klpcc_words_add(argv, "-iquote");

	if (err)
		return err;
	if (!slash)
		return klpcc_words_add(argv, ".");
	return klpcc_words_addf(argv, "%.*s", (int)(slash - command->input),
				command->input);
}

/* What is shown of the compiler's messages. */
struct shown {
	bool silent;
	const char *hidden; /* as in run.h */
};

static struct klpcc_error *compile(const struct klpcc_tree *tree,
				   const struct klpcc_tree_command *command,
				   const char *source, const char *const *extra,
				   const char *object, struct shown shown)
{
	struct klpcc_words argv = { NULL, 0, 0 };
	struct klpcc_error *err = add_words(command, source, object, &argv);

	if (!err && source)
		err = add_quote_directory(command, &argv);
	for (; !err && extra && *extra; extra++)
		err = klpcc_words_add(&argv, *extra);
	if (!err) {
		struct klpcc_run run = {
			.argv = (const char *const *)argv.words,
			.directory = klpcc_tree_directory(tree),
			.silent = shown.silent,
			.hidden = shown.hidden,
			.from_start = true,
		};

		err = klpcc_run(&run);
	}
	klpcc_words_deinit(&argv);
	return err;
}

static struct klpcc_error *compile_here(const struct klpcc_tree *tree,
					const struct klpcc_tree_command *command,
					const char *source, const char *const *extra,
					const char *object, struct shown shown)
{
	char *from = NULL, *to = NULL;
	struct klpcc_error *err = make_absolute(object, &to);

	if (!err && source)
		err = make_absolute(source, &from);
	if (!err)
		err = compile(tree, command, from, extra, to, shown);
	if (!shown.hidden)
		err = klpcc_error_prefix(err, "%s", from ? from : command->source);
	free(from);
	free(to);
	return err;
}

struct klpcc_error *klpcc_tree_compile(const struct klpcc_tree *tree,
				       const struct klpcc_tree_command *command,
				       const char *source, const char *const *extra,
				       const char *object)
{
	return compile_here(tree, command, source, extra, object,
			    (struct shown){ .silent = false });
}

struct klpcc_error *klpcc_tree_complain(const struct klpcc_tree *tree,
					const struct klpcc_tree_command *command,
					const char *source, const char *hidden,
					const char *object)
{
	return compile_here(tree, command, source, NULL, object,
			    (struct shown){ .hidden = hidden });
}

struct klpcc_error *klpcc_tree_try(const struct klpcc_tree *tree,
				   const struct klpcc_tree_command *command,
				   const char *source, const char *const *extra,
				   const char *object)
{
	return compile_here(tree, command, source, extra, object,
			    (struct shown){ .silent = true });
}
