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
#include "match/against.h"
#include "match/batch.h"
#include "match/sources.h"
#include "plan/write.h"

enum {
	OPTION_IMAGE = KLPCC_OPTION_LONG,
	OPTION_MODULES,
	OPTION_TREE,
	OPTION_OBJECT,
	OPTION_OBSERVATION,
	OPTION_IN,
	OPTION_PLAN,
	OPTION_AGAINST,
	OPTION_JSON,
};

struct options {
	const char *index, *image, *modules, *in, *plan, *observation, *tree;
	const char *against;
	bool json, quiet;
	char **objects; /* of --object, in argv */
	size_t object_count;
	char **sources; /* in argv */
	size_t source_count;
};

static const struct argp_option option_list[] = {
	{ "index", 'i', "FILE", 0, "Index of the kernel", 0 },
	{ "image", OPTION_IMAGE, "FILE", 0,
	  "Image of the kernel; else that of its release on this machine", 0 },
	{ "modules", OPTION_MODULES, "DIR", 0, "The same of its modules", 0 },
	{ "tree", OPTION_TREE, "DIR", 0,
	  "Tree of the kernel's source, where the files are compiled", 0 },
	{ "object", OPTION_OBJECT, "FILE", 0,
	  "In place of sources: an object that was made of one; may be repeated", 0 },
	{ "observation", OPTION_OBSERVATION, "FILE", 0,
	  "With --object and --plan: what the plugin observed when it was compiled", 0 },
	{ "in", OPTION_IN, "OBJECT", 0, "The files are in vmlinux, or in that module",
	  0 },
	{ "plan", OPTION_PLAN, "FILE", 0,
	  "If the file matches, write a plan of it for the plugin", 0 },
	{ "against", OPTION_AGAINST, "FILE.o", 0,
	  "Compare an object with that of the original source, not with a kernel", 0 },
	{ "json", OPTION_JSON, NULL, 0, "Print JSON", 0 },
	{ "quiet", 'q', NULL, 0, "Print nothing about files that match", 0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments =
		"-i FILE --tree=DIR SOURCE...\n-i FILE --object=FILE.o...\n--against=ORIGINAL.o FILE.o",
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
	case OPTION_TREE:
		klpcc_check_name(line, "--tree", line->value);
		options->tree = line->value;
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
	case OPTION_AGAINST:
		klpcc_check_name(line, "--against", line->value);
		options->against = line->value;
		break;
	case OPTION_JSON:
		options->json = true;
		break;
	case 'q':
		options->quiet = true;
		break;
	}
}

static void check_inputs(const struct options *options,
			 const struct klpcc_command_line *line)
{
	if (!options->source_count && !options->object_count)
		klpcc_wrong_usage(line, "no file given");
	if (options->source_count && options->object_count)
		klpcc_wrong_usage(line, "'%s': --object takes no sources", line->argv[0]);
	if (options->source_count && !options->tree)
		klpcc_wrong_usage(
			line,
			"'%s': give the tree that it is in with --tree, or its object with --object",
			line->argv[0]);
	if (options->object_count && options->tree)
		klpcc_wrong_usage(line, "--object takes no --tree");
	for (size_t i = 0; i < options->source_count; i++)
		klpcc_check_name(line, "SOURCE", options->sources[i]);
}

static void check_against(const struct options *options,
			  const struct klpcc_command_line *line)
{
	if (options->index || options->image || options->modules || options->in ||
	    options->tree || options->object_count || options->plan)
		klpcc_wrong_usage(line,
				  "--against compares two objects, and takes no kernel");
	if (line->argc != 1)
		klpcc_wrong_usage(line, "--against takes one other object");
	klpcc_check_name(line, "FILE.o", line->argv[0]);
}

static void check_options(const struct options *options,
			  const struct klpcc_command_line *line)
{
	if (options->against) {
		check_against(options, line);
		return;
	}
	if (!options->index)
		klpcc_wrong_usage(line, "no index given");
	check_inputs(options, line);
	if (options->observation && (!options->object_count || !options->plan))
		klpcc_wrong_usage(line, "--observation goes with --object and --plan");
	if (!options->plan)
		return;
	if (options->source_count + options->object_count > 1)
		klpcc_wrong_usage(line, "--plan takes one file");
	if (options->object_count && !options->observation)
		klpcc_wrong_usage(line, "--plan with --object needs --observation");
}

/* ---- the plan -------------------------------------------------------------------------- */

/* Fills in what only a tree tells; sources has none for --object. */
static struct klpcc_error *complete_plan(const struct klpcc_match_sources *sources,
					 struct klpcc_plan_draft *plan, char ***flags,
					 char **observation)
{
	struct klpcc_error *err;

	if (!sources->tree)
		return NULL;
	err = klpcc_tree_flags(sources->tree, sources->commands, flags);
	if (!err)
		err = klpcc_match_observe(sources, observation);
	plan->source = sources->commands->source;
	plan->flags = *flags;
	plan->observation = *observation;
	return err;
}

static struct klpcc_error *write_plan(const struct options *options,
				      const struct klpcc_match_sources *sources,
				      const struct klpcc_match_batch *batch)
{
	struct klpcc_match_imports imports = { .count = 0 };
	struct klpcc_plan_draft plan = {
		.index = batch->kernel->index,
		.result = &batch->jobs->result,
		.imports = &imports,
		.observation = options->observation,
	};
	char **flags = NULL, *observation = NULL;
	struct klpcc_error *err;

	err = klpcc_match_read_imports(batch->kernel, batch->jobs->result.object,
				       &imports);
	if (!err)
		err = complete_plan(sources, &plan, &flags, &observation);
	if (!err)
		err = klpcc_plan_write(options->plan, &plan);
	klpcc_tree_flags_free(flags);
	klpcc_match_discard_observation(observation);
	klpcc_match_imports_deinit(&imports);
	return err;
}

/* ---- the run --------------------------------------------------------------------------- */

static struct klpcc_error *run_batch(const struct options *options,
				     const struct klpcc_match_sources *sources,
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
	return options->plan && !*status ? write_plan(options, sources, batch) : NULL;
}

static struct klpcc_error *find_objects(const struct options *options,
					struct klpcc_match_batch *batch,
					struct klpcc_match_sources *sources)
{
	for (size_t i = 0; i < options->object_count; i++)
		batch->jobs[i].name = batch->jobs[i].path = options->objects[i];
	if (options->object_count)
		return NULL;
	return klpcc_match_sources_open(options->tree, NULL, options->sources,
					options->source_count, batch->jobs, sources);
}

static struct klpcc_error *match_files(const struct options *options, int *status)
{
	struct klpcc_match_kernel kernel;
	struct klpcc_match_sources sources = { .count = 0 };
	struct klpcc_match_batch batch = {
		.kernel = &kernel,
		.in = options->in,
		.count = options->object_count + options->source_count,
	};
	struct klpcc_error *err;

	batch.jobs = calloc(batch.count, sizeof(*batch.jobs));
	if (!batch.jobs)
		return klpcc_error_nomem();
	err = klpcc_match_kernel_open(options->index, options->image, options->modules,
				      &kernel);
	if (!err) {
		err = find_objects(options, &batch, &sources);
		if (!err)
			err = run_batch(options, &sources, &batch, status);
		klpcc_match_batch_deinit(&batch);
		klpcc_match_kernel_close(&kernel);
	}
	klpcc_match_sources_close(&sources);
	free(batch.jobs);
	return err;
}

static struct klpcc_error *compare_objects(const struct options *options, int *status)
{
	struct klpcc_against against;
	struct klpcc_error *err;

	err = klpcc_against(options->against, options->sources[0], &against);
	if (err)
		return err;
	*status = against.others ? 1 : 0;
	if (!options->quiet || *status)
		err = klpcc_against_print(stdout, &against, options->sources[0],
					  options->json);
	klpcc_against_deinit(&against);
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
	options.sources = line.argv;
	options.source_count = (size_t)line.argc;
	check_options(&options, &line);
	err = options.against ? compare_objects(&options, status)
			      : match_files(&options, status);
	free(options.objects);
	return err;
}

const struct klpcc_command klpcc_cmd_match = {
	.name = "match",
	.summary = "tell whether source files are a kernel's",
	.judge = judge_match,
};
