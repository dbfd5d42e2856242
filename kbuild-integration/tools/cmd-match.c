// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc match: is the source of these files, as it is compiled here, the source of that kernel?
 *
 * The exit status is the verdict: 0 all match, 1 one does not, 2 it cannot be told of one, or
 * there was trouble.
 */
#include "tool.h"

#include <stdlib.h>

#include "lib/message.h"
#include "match/batch.h"
#include "plan/write.h"

enum {
	OPTION_IMAGE = KLPCC_OPTION_LONG,
	OPTION_MODULES,
	OPTION_OBJECT,
	OPTION_OBSERVATION,
	OPTION_IN,
	OPTION_PLAN,
	OPTION_JSON,
};

struct options {
	const char *index, *image, *modules, *in, *plan, *observation;
	bool json, quiet;
	char **objects; /* of --object, in argv */
	size_t object_count;
};

static const struct argp_option option_list[] = {
	{ "index", 'i', "FILE", 0, "Index of the kernel", 0 },
	{ "image", OPTION_IMAGE, "FILE", 0,
	  "Image of the kernel; else that of its release on this machine", 0 },
	{ "modules", OPTION_MODULES, "DIR", 0, "The same of its modules", 0 },
	{ "object", OPTION_OBJECT, "FILE", 0,
	  "Object that was made of the source; may be repeated", 0 },
	{ "observation", OPTION_OBSERVATION, "FILE", 0,
	  "With --plan: what the plugin observed when it was compiled", 0 },
	{ "in", OPTION_IN, "OBJECT", 0, "The files are in vmlinux, or in that module",
	  0 },
	{ "plan", OPTION_PLAN, "FILE", 0,
	  "If the file matches, write a plan of it for the plugin", 0 },
	{ "json", OPTION_JSON, NULL, 0, "Print JSON", 0 },
	{ "quiet", 'q', NULL, 0, "Print nothing about files that match", 0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments = "-i FILE --object FILE.o...",
	.doc = "Tell whether source files, as they are compiled here, are those of a kernel: byte "
	       "for byte, and with what each relocation refers to.\v"
	       "The exit status is 0 if all files match, 1 if one does not, and 2 if that cannot be "
	       "told of one or something went wrong.",
};

static void take_option(struct options *options, int key,
			const struct klpcc_command_line *line)
{
	switch (key) {
	case 'i':
		klpcc_check_name(line, "--index", line->value);
		options->index = line->value;
		break;
	case OPTION_IMAGE:
		klpcc_check_name(line, "--image", line->value);
		options->image = line->value;
		break;
	case OPTION_MODULES:
		klpcc_check_name(line, "--modules", line->value);
		options->modules = line->value;
		break;
	case OPTION_OBJECT:
		klpcc_check_name(line, "--object", line->value);
		options->objects[options->object_count++] = (char *)line->value;
		break;
	case OPTION_OBSERVATION:
		klpcc_check_name(line, "--observation", line->value);
		options->observation = line->value;
		break;
	case OPTION_IN:
		klpcc_check_name(line, "--in", line->value);
		options->in = line->value;
		break;
	case OPTION_PLAN:
		klpcc_check_name(line, "--plan", line->value);
		options->plan = line->value;
		break;
	case OPTION_JSON:
		options->json = true;
		break;
	case 'q':
		options->quiet = true;
		break;
	}
}

static void check_options(const struct options *options,
			  const struct klpcc_command_line *line)
{
	if (!options->index)
		klpcc_wrong_usage(line, "no index given");
	if (!options->object_count)
		klpcc_wrong_usage(line, "no file given");
	if (options->plan && options->object_count > 1)
		klpcc_wrong_usage(line, "--plan takes one file");
	if (options->plan && !options->observation)
		klpcc_wrong_usage(line, "--plan with --object needs --observation");
}

static struct klpcc_error *write_plan(const struct options *options,
				      struct klpcc_match_batch *batch)
{
	struct klpcc_plan_draft plan = {
		.index = batch->kernel->index,
		.result = &batch->jobs->result,
		.observation = options->observation,
	};
	struct klpcc_match_imports imports;
	struct klpcc_error *err;

	err = klpcc_match_read_imports(batch->kernel, batch->jobs->result.object,
				       &imports);
	if (err)
		return err;
	plan.imports = &imports;
	err = klpcc_plan_write(options->plan, &plan);
	klpcc_match_imports_deinit(&imports);
	return err;
}

static struct klpcc_error *run_batch(const struct options *options,
				     struct klpcc_match_batch *batch, int *status)
{
	struct klpcc_error *err;

	err = klpcc_match_batch_run(batch);
	if (!err)
		err = options->json ? klpcc_match_print_json(stdout, batch)
				    : klpcc_match_print(stdout, batch, options->quiet);
	if (err)
		return err;
	*status = klpcc_match_batch_status(batch);
	return options->plan && !*status ? write_plan(options, batch) : NULL;
}

static struct klpcc_error *match_objects(const struct options *options, int *status)
{
	struct klpcc_match_kernel kernel;
	struct klpcc_match_batch batch = {
		.kernel = &kernel,
		.in = options->in,
		.jobs = calloc(options->object_count, sizeof(*batch.jobs)),
		.count = options->object_count,
	};
	struct klpcc_error *err;

	if (!batch.jobs)
		return klpcc_error_nomem();
	for (size_t i = 0; i < batch.count; i++)
		batch.jobs[i].name = batch.jobs[i].path = options->objects[i];
	err = klpcc_match_kernel_open(options->index, options->image, options->modules,
				      &kernel);
	if (!err) {
		err = run_batch(options, &batch, status);
		klpcc_match_batch_deinit(&batch);
		klpcc_match_kernel_close(&kernel);
	}
	free(batch.jobs);
	return err;
}

static struct klpcc_error *judge_match(int argc, char **argv, int *status)
{
	struct options options = { .objects = calloc((size_t)argc, sizeof(char *)) };
	struct klpcc_command_line line;
	struct klpcc_error *err;
	int key;

	if (!options.objects)
		return klpcc_error_nomem();
	klpcc_begin_options(&line, &syntax, argc, argv);
	while ((key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END)
		take_option(&options, key, &line);
	check_options(&options, &line);
	err = match_objects(&options, status);
	free(options.objects);
	return err;
}

const struct klpcc_command klpcc_cmd_match = {
	.name = "match",
	.summary = "tell whether source files are a kernel's",
	.judge = judge_match,
};
