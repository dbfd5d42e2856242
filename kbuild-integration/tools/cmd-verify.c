// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc verify: would these livepatch modules load on these kernels, and do what they say?
 *
 * The exit status is the verdict: 0 all load, 1 one is refused, 2 it cannot be told of one, or there
 * was trouble.
 */
#include "tool.h"

#include <stdlib.h>

#include "index/index.h"
#include "verify/print.h"
#include "verify/verify.h"

struct options {
	const char *index;
	char **files;
	int count;
};

static const struct argp_option option_list[] = {
	{ "index", 'i', "FILE", 0, "Index of the kernel", 0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments = "--index FILE MODULE...",
	.doc = "Tell whether livepatch modules load on a kernel, and what would refuse them.",
};

/* The verdict on several: one that is refused outweighs what cannot be told. */
static void add_verdict(enum klpcc_verdict verdict, int *status)
{
	if (verdict == KLPCC_VERDICT_REFUSED || *status == KLPCC_VERDICT_LOADS)
		*status = verdict;
}

static struct klpcc_error *verify_module(const struct klpcc_index *index,
					 const char *index_path, const char *path,
					 int *status)
{
	const struct klpcc_verify_options options = {
		.path = path,
		.index = index,
		.index_path = index_path,
	};
	struct klpcc_verify_cell cell = {
		.path = path,
		.release = klpcc_index_release(index),
		.index_path = index_path,
	};
	struct klpcc_error *err;

	err = klpcc_verify(&options, &cell.result);
	if (err)
		return err;
	klpcc_verify_print(stdout, &cell);
	add_verdict(cell.result.verdict, status);
	klpcc_verify_result_deinit(&cell.result);
	return NULL;
}

static struct klpcc_error *judge_verify(int argc, char **argv, int *status)
{
	struct options options = { .index = NULL };
	struct klpcc_command_line line;
	struct klpcc_index *index = NULL;
	struct klpcc_error *err;
	int key;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while ((key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END)
		if (key == 'i')
			options.index = line.value;
	if (!options.index)
		klpcc_wrong_usage(&line, "no index given");
	if (!line.argc)
		klpcc_wrong_usage(&line, "no module given");
	err = klpcc_index_open(options.index, &index);
	for (int i = 0; !err && i < line.argc; i++)
		err = verify_module(index, options.index, line.argv[i], status);
	klpcc_index_close(index);
	return err;
}

const struct klpcc_command klpcc_cmd_verify = {
	.name = "verify",
	.summary = "tell whether a module loads on a kernel",
	.judge = judge_verify,
};
