// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc tree: makes the source tree of a kernel, configured as the kernel is and prepared for
 * compiling its files, and prints where it is.
 */
#include "tool.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "tree/make.h"

enum {
	OPTION_RELEASE = KLPCC_OPTION_LONG,
	OPTION_SOURCE,
	OPTION_HEADERS,
	OPTION_COMPILER
};

static const struct argp_option option_list[] = {
	{ "release", OPTION_RELEASE, "RELEASE", 0,
	  "Release of the kernel, as uname -r prints it (required)", 0 },
	{ "source", OPTION_SOURCE, "SOURCE", 0,
	  "The kernel's source: a directory, an archive of tar, a package file, or the name of a package (default: Debian's source package in the kernel's version)",
	  0 },
	{ "headers", OPTION_HEADERS, "DIR", 0,
	  "The kernel's headers (default: those that are installed for the release)", 0 },
	{ "compiler", OPTION_COMPILER, "COMMAND", 0,
	  "The kernel's compiler (default: by the name that the kernel's build had for it)",
	  0 },
	{ "output", 'o', "DIR", 0, "Make the tree in DIR (default: in the cache)", 0 },
	{ "quiet", 'q', NULL, 0, "Print only errors, and where the tree is", 0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments = "--release=RELEASE",
	.doc = "Make the source tree of a kernel, with the kernel's configuration and prepared for compiling its files, and print its directory. "
	       "A tree that was made before is not made again.",
};

static void take_option(struct klpcc_tree_request *request, int key,
			const struct klpcc_command_line *line)
{
	switch (key) {
	case OPTION_RELEASE:
		request->release = line->value;
		break;
	case OPTION_SOURCE:
		klpcc_check_name(line, "--source", line->value);
		request->source = line->value;
		break;
	case OPTION_HEADERS:
		klpcc_check_name(line, "--headers", line->value);
		request->headers = line->value;
		break;
	case OPTION_COMPILER:
		klpcc_check_name(line, "--compiler", line->value);
		request->compiler = line->value;
		break;
	case 'o':
		klpcc_check_output(line, line->value);
		request->output = line->value;
		break;
	case 'q':
		request->quiet = true;
		break;
	}
}

static struct klpcc_error *run_tree(int argc, char **argv)
{
	struct klpcc_tree_request request = { .release = NULL };
	struct klpcc_command_line line;
	struct klpcc_error *err;
	char *directory;
	int key;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while ((key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END)
		take_option(&request, key, &line);
	if (line.argc)
		klpcc_wrong_usage(&line, "unexpected argument '%s'", line.argv[0]);
	if (!request.release)
		klpcc_wrong_usage(&line, "no release: give --release=RELEASE");
	err = klpcc_tree_make(&request, &directory);
	if (err)
		return err;
	puts(directory);
	free(directory);
	return NULL;
}

const struct klpcc_command klpcc_cmd_tree = {
	.name = "tree",
	.summary = "make the source tree of a kernel",
	.run = run_tree,
};
