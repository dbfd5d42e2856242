// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc show: the options; show/ does the work.
 */
#include "tool.h"

#include <stdlib.h>
#include <string.h>

#include "show/show.h"

enum { OPTION_JSON = KLPCC_OPTION_LONG, OPTION_DOT, OPTION_OBJECTS };

static const struct argp_option option_list[] = {
	{ "json", OPTION_JSON, NULL, 0, "Print JSON", 0 },
	{ "dot", OPTION_DOT, NULL, 0, "Print a graph for graphviz", 0 },
	{ "objects", OPTION_OBJECTS, NULL, 0, "List the objects of an index", 0 },
	{ "index", 'i', "FILE", 0,
	  "Index of the target kernel, which tells who exports what a module imports",
	  0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments = "FILE...\nINDEX [NAME...]",
	.doc = "Show what object files and livepatch modules take from a kernel, or what an index says of it, as a whole or of single names.",
};

struct options {
	struct klpcc_show_options show;
	const char *index;
};

static void take_format(struct options *options, enum klpcc_show_format format,
			const struct klpcc_command_line *line)
{
	if (options->show.format && options->show.format != format)
		klpcc_wrong_usage(line, "--json and --dot exclude each other");
	options->show.format = format;
}

static void take_option(struct options *options, int key,
			const struct klpcc_command_line *line)
{
	switch (key) {
	case OPTION_JSON:
		take_format(options, KLPCC_SHOW_JSON, line);
		break;
	case OPTION_DOT:
		take_format(options, KLPCC_SHOW_DOT, line);
		break;
	case OPTION_OBJECTS:
		options->show.objects = true;
		break;
	case 'i':
		klpcc_check_name(line, "--index", line->value);
		options->index = line->value;
		break;
	}
}

/* What follows the index on the command line are names. */
static struct klpcc_error *show_index(const struct options *options,
				      const struct klpcc_command_line *line)
{
	const char *path = line->argv[0];
	size_t names = (size_t)line->argc - 1;
	struct klpcc_index *index;
	struct klpcc_error *err;

	if (options->show.format == KLPCC_SHOW_DOT)
		klpcc_wrong_usage(line, "--dot: there is no graph of an index");
	if (options->show.objects && names)
		klpcc_wrong_usage(line, "--objects cannot be combined with names");
	if (options->index)
		klpcc_wrong_usage(line, "--index: '%s' is an index itself", path);
	err = klpcc_index_open(path, &index);
	if (err)
		return err;
	klpcc_show_begin(&options->show, stdout);
	err = names ? klpcc_show_names(&options->show, index, path, line->argv + 1, names,
				       stdout)
		    : klpcc_show_index(&options->show, index, path, stdout);
	klpcc_show_end(&options->show, stdout);
	if (!err)
		err = klpcc_index_check_unchanged(index);
	klpcc_index_close(index);
	return err;
}

static struct klpcc_error *show_modules(struct options *options,
					const struct klpcc_command_line *line)
{
	struct klpcc_index *index = NULL;
	struct klpcc_error *err = NULL;

	if (options->show.objects)
		klpcc_wrong_usage(line, "--objects is for an index");
	if (options->index)
		err = klpcc_index_open(options->index, &index);
	options->show.index = index;
	klpcc_show_begin(&options->show, stdout);
	for (int i = 0; !err && i < line->argc; i++) {
		if (i)
			klpcc_show_next(&options->show, stdout);
		err = klpcc_show_module(&options->show, line->argv[i], stdout);
	}
	if (!err)
		klpcc_show_end(&options->show, stdout);
	if (!err && index)
		err = klpcc_index_check_unchanged(index);
	klpcc_index_close(index);
	return err;
}

static struct klpcc_error *run_show(int argc, char **argv)
{
	struct options options = { .index = NULL };
	struct klpcc_command_line line;
	struct klpcc_error *err;
	bool is_index;
	int key;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while ((key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END)
		take_option(&options, key, &line);
	if (!line.argc)
		klpcc_wrong_usage(&line, "no file given");
	for (int i = 0; i < line.argc; i++)
		klpcc_check_name(&line, "FILE", line.argv[i]);
	err = klpcc_index_is_file(line.argv[0], &is_index);
	if (err)
		return err;
	return is_index ? show_index(&options, &line) : show_modules(&options, &line);
}

const struct klpcc_command klpcc_cmd_show = {
	.name = "show",
	.summary = "show what is in an object file, a module or an index",
	.run = run_show,
};
