// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc verify: would these livepatch modules load on these kernels, and do what they say?
 *
 * The exit status is the verdict: 0 all load, 1 one is refused, 2 it cannot be told of one,
 * or there was trouble.
 */
#include "tool.h"

#include <stdlib.h>

#include "verify/grid.h"
#include "verify/json.h"
#include "verify/print.h"
#include "verify/running.h"

enum { OPTION_JSON = KLPCC_OPTION_LONG, OPTION_EXPLAIN, OPTION_RUNNING };

struct options {
	char **indexes; /* in argv */
	size_t index_count;
	bool json, explain, quiet, running;
};

static const struct argp_option option_list[] = {
	{ "index", 'i', "FILE", 0, "Index of a kernel; may be repeated", 0 },
	{ "explain", OPTION_EXPLAIN, NULL, 0,
	  "Also print what each relocation resolves to; with one index", 0 },
	{ "json", OPTION_JSON, NULL, 0, "Print JSON", 0 },
	{ "running", OPTION_RUNNING, NULL, 0,
	  "Refuse an index that is not the running kernel's", 0 },
	{ "quiet", 'q', NULL, 0, "Print only warnings about modules that load", 0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments = "-i FILE... MODULE...",
	.doc = "Tell whether livepatch modules load on a kernel, and what would refuse them. "
	       "With several indexes, print a table of modules and kernels.\v"
	       "The exit status is 0 if all modules load, 1 if one is refused, and 2 if that "
	       "cannot be told of one or something went wrong.",
};

static void take_option(struct options *options, int key,
			const struct klpcc_command_line *line)
{
	switch (key) {
	case 'i':
		klpcc_check_name(line, "--index", line->value);
		options->indexes[options->index_count++] = (char *)line->value;
		break;
	case OPTION_EXPLAIN:
		options->explain = true;
		break;
	case OPTION_JSON:
		options->json = true;
		break;
	case OPTION_RUNNING:
		options->running = true;
		break;
	case 'q':
		options->quiet = true;
		break;
	}
}

/* The shell makes several files of "--index *.klpidx", and the option takes the first. */
static void check_module(const struct klpcc_command_line *line, const char *path)
{
	bool is_index = false;

	klpcc_check_name(line, "MODULE", path);
	/* What cannot be opened is told with the verdicts. */
	klpcc_error_free(klpcc_index_is_file(path, &is_index));
	if (is_index)
		klpcc_wrong_usage(
			line, "%s is an index, not a module: give it with --index", path);
}

static void check_options(const struct options *options,
			  const struct klpcc_command_line *line)
{
	if (!options->index_count)
		klpcc_wrong_usage(line, "no index given");
	if (!line->argc)
		klpcc_wrong_usage(line, "no module given");
	if (options->explain && !options->json && options->index_count > 1)
		klpcc_wrong_usage(line,
				  "--explain takes one index, or several with --json");
	for (int i = 0; i < line->argc; i++)
		check_module(line, line->argv[i]);
}

static struct klpcc_error *verify_modules(const struct options *options, char **modules,
					  size_t count, int *status)
{
	enum klpcc_explain_form explain = !options->explain ? KLPCC_EXPLAIN_NOTHING
					  : options->json   ? KLPCC_EXPLAIN_JSON
							    : KLPCC_EXPLAIN_TEXT;
	struct klpcc_verify_grid grid;
	struct klpcc_error *err;

	err = klpcc_verify_grid_init(&grid, options->indexes, options->index_count,
				     modules, count);
	for (size_t i = 0; !err && options->running && i < grid.kernel_count; i++)
		err = klpcc_verify_check_running(grid.kernels[i].index,
						 grid.kernels[i].path);
	if (!err)
		err = klpcc_verify_grid_run(&grid, explain);
	if (!err)
		err = options->json ? klpcc_verify_print_json(stdout, &grid)
				    : klpcc_verify_print(stdout, &grid, options->quiet);
	if (!err)
		*status = klpcc_verify_grid_verdict(&grid);
	klpcc_verify_grid_deinit(&grid);
	return err;
}

static struct klpcc_error *judge_verify(int argc, char **argv, int *status)
{
	struct options options = { .indexes = calloc((size_t)argc, sizeof(char *)) };
	struct klpcc_command_line line;
	struct klpcc_error *err;
	int key;

	if (!options.indexes)
		return klpcc_error_nomem();
	klpcc_begin_options(&line, &syntax, argc, argv);
	while ((key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END)
		take_option(&options, key, &line);
	check_options(&options, &line);
	err = verify_modules(&options, line.argv, (size_t)line.argc, status);
	free(options.indexes);
	return err;
}

const struct klpcc_command klpcc_cmd_verify = {
	.name = "verify",
	.summary = "tell whether modules load on kernels",
	.judge = judge_verify,
};
