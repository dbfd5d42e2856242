// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Assembler code that has a header which changes: see users.h.
 */
#include "users.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/file.h"

/* What an assembler file gets of a header: all text and macros; text: of the header. */
static struct klpcc_error *preprocess(const struct klpcc_patch_maker *maker,
				      const struct klpcc_tree *tree,
				      const struct klpcc_tree_command *command,
				      const char *header, const char *text, char **ret)
{
	char *source = NULL, *output = NULL, *quote = NULL;
	const char *extra[] = {
		"-E", "-P", "-dD", "-D__ASSEMBLY__", "-iquote", NULL, NULL
	};
	struct klpcc_error *err =
		klpcc_patch_path(&source, maker->scratch, "header", ".S");

	if (!err)
		err = klpcc_patch_path(&output, maker->scratch, "header", ".out");
	if (!err && asprintf(&quote, "%s/%.*s", tree->source,
			     (int)(klpcc_base_name(header) - header), header) < 0)
		err = klpcc_error_nomem();
	extra[5] = quote;
	if (!err)
		err = klpcc_file_write_text(source, text);
	if (!err)
		err = klpcc_tree_compile(tree, command, source, extra, output);
	if (!err)
		err = klpcc_file_read_text(output, ret);
	free(source);
	free(output);
	free(quote);
	return err;
}

static struct klpcc_error *read_both(const struct klpcc_patch_maker *maker,
				     const struct klpcc_tree *tree, const char *header,
				     char *ret[2])
{
	struct klpcc_error *err;
	char *path = NULL;

	err = klpcc_patch_path(&path, tree->source, header, "");
	if (!err && !access(path, F_OK))
		err = klpcc_file_read_text(path, &ret[0]);
	else if (!err && !(ret[0] = strdup("")))
		err = klpcc_error_nomem();
	free(path);
	path = NULL;
	if (!err)
		err = klpcc_patch_path(&path, maker->scratch, "changed/", header);
	if (!err)
		err = klpcc_file_read_text(path, &ret[1]);
	free(path);
	return err;
}

/* user: an assembler file that may include the header. */
static struct klpcc_error *check_assembler(const struct klpcc_patch_maker *maker,
					   const struct klpcc_tree *tree,
					   const struct klpcc_tree_command *command,
					   const char *header, const char *user)
{
	char *texts[2] = { NULL }, *outputs[2] = { NULL };
	struct klpcc_error *err = read_both(maker, tree, header, texts);

	for (size_t i = 0; !err && i < 2; i++)
		err = preprocess(maker, tree, command, header, texts[i], &outputs[i]);
	if (!err && strcmp(outputs[0], outputs[1]))
		err = klpcc_error_new(
			ENOTSUP,
			"%s: it changes for assembler code, which '%s' may have of it, and only functions of C files can be replaced",
			header, user);
	for (size_t i = 0; i < 2; i++) {
		free(texts[i]);
		free(outputs[i]);
	}
	return err;
}

/* Any command does that has the search path of the kernel. */
struct klpcc_error *klpcc_patch_check_assemblers(const struct klpcc_patch_maker *maker,
						 const struct klpcc_tree *tree,
						 const char *assembler)
{
	struct klpcc_tree_command command;
	struct klpcc_error *err;

	if (!assembler)
		return NULL;
	if (tree->kernel)
		return klpcc_error_new(
			ENOTSUP,
			"%s: '%s' may have it, and only functions of C files can be replaced",
			maker->headers.words[0], assembler);
	err = klpcc_tree_command(tree, "init/version.c", &command);
	if (err)
		return err;
	for (size_t i = 0; !err && i < maker->headers.count; i++)
		err = check_assembler(maker, tree, &command, maker->headers.words[i],
				      assembler);
	klpcc_tree_command_deinit(&command);
	return err;
}
