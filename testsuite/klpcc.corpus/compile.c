// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Compiles files of a kernel's tree with the kernel's flags and more:
 *
 *	compile TREE FILE <LIST
 *
 * FILE is the one that says how: "fs/fcntl.c". Each line of LIST is SOURCE OBJECT OPTION..., without
 * blanks in any of them; SOURCE "-" is FILE itself. For each that the compiler did not take there is
 * a line "failed OBJECT" on standard output; what it said is on standard error, after "== OBJECT".
 */
#include <stdio.h>
#include <string.h>

#include "object.h"
#include "tree/tree.h"

#define OPTIONS_MAX 64

static struct klpcc_tree *tree;
static struct klpcc_tree_command command;

static void must(struct klpcc_error *err)
{
	if (err)
		die("%s", err->message);
}

/* Changes line. */
static bool compile(char *line)
{
	const char *options[OPTIONS_MAX + 1], *source, *object;
	struct klpcc_error *err;
	size_t count = 0;

	line[strcspn(line, "\n")] = 0;
	source = strsep(&line, " ");
	object = strsep(&line, " ");
	while (line && count < OPTIONS_MAX) {
		options[count] = strsep(&line, " ");
		count += *options[count] != 0;
	}
	options[count] = NULL;
	if (!object || line)
		die("compile: a line has too few words, or too many");
	fprintf(stderr, "== %s\n", object);
	err = klpcc_tree_compile(tree, &command, strcmp(source, "-") ? source : NULL,
				 options, object);
	if (!err)
		return true;
	printf("failed %s\n", object);
	fprintf(stderr, "%s\n", err->message);
	klpcc_error_free(err);
	return false;
}

int main(int argc, char **argv)
{
	char *line = NULL;
	size_t capacity = 0;
	bool good = true;

	if (argc != 3)
		die("usage: compile TREE FILE <LIST");
	must(klpcc_tree_open(argv[1], &tree));
	must(klpcc_tree_command(tree, argv[2], &command));
	while (getline(&line, &capacity, stdin) > 0)
		good &= compile(line);
	return good ? 0 : 1;
}
