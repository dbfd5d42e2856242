// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc report: shows what the plugin decided, or puts the reports of a module's units together
 * (for `make klp-report`), or explains names that modpost called undefined.
 */
#include "tool.h"

#include <stdlib.h>

#include "elf/elf.h"
#include "index/index.h"
#include "report/report.h"

enum {
	OPTION_MODULE = KLPCC_OPTION_LONG,
	OPTION_RELEASE,
	OPTION_DIRECTORY,
	OPTION_UNDEFINED
};

struct options {
	const char *output; /* NULL: a table on standard output */
	const char *module, *release, *directory;
	const char *undefined, *index; /* both or neither */
	char **files;                  /* in argv */
	int count;
};

static const struct argp_option option_list[] = {
	{ "output", 'o', "FILE", 0,
	  "Write the report of a module, made of REPORTs of its source files", 0 },
	{ "module", OPTION_MODULE, "NAME", 0, "Name of the module in the kernel", 0 },
	{ "release", OPTION_RELEASE, "RELEASE", 0,
	  "Release of the kernel that the module is for", 0 },
	{ "directory", OPTION_DIRECTORY, "DIR", 0,
	  "Make file names relative to DIR where they are below it", 0 },
	{ "undefined", OPTION_UNDEFINED, "OBJECT", 0,
	  "Explain the undefined names of OBJECT, which is a module's source files linked together",
	  0 },
	{ "index", 'i', "FILE", 0, "Index of the target kernel, for --undefined", 0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments = "REPORT...",
	.doc = "Show what the plugin decided about the names that source files take from elsewhere. "
	       "With --output, put the reports of a module's source files together. "
	       "With --undefined, explain the names that a module lacks.",
};

static void take_option(struct options *options, int key,
			const struct klpcc_command_line *line)
{
	switch (key) {
	case 'o':
		options->output = line->value;
		break;
	case OPTION_MODULE:
		options->module = line->value;
		break;
	case OPTION_RELEASE:
		options->release = line->value;
		break;
	case OPTION_DIRECTORY:
		options->directory = line->value;
		break;
	case OPTION_UNDEFINED:
		options->undefined = line->value;
		break;
	case 'i':
		options->index = line->value;
		break;
	}
}

static void check_options(const struct options *options,
			  const struct klpcc_command_line *line)
{
	if (options->output && !(options->module && options->release))
		klpcc_wrong_usage(line, "--output needs --module and --release");
	if (!options->output &&
	    (options->module || options->release || options->directory))
		klpcc_wrong_usage(line,
				  "--module, --release and --directory need --output");
	if (!options->undefined != !options->index)
		klpcc_wrong_usage(line, "--undefined and --index go together");
	if (options->undefined && options->output)
		klpcc_wrong_usage(line, "--undefined cannot be combined with --output");
	if (!options->output && !options->undefined && !options->count)
		klpcc_wrong_usage(line, "no report given");
}

static struct klpcc_error *print_report(const char *path)
{
	struct klpcc_report *report;
	struct klpcc_error *err = klpcc_report_read(path, &report);

	if (err)
		return err;
	err = klpcc_report_print(report, stdout);
	klpcc_report_free(report);
	return err;
}

static struct klpcc_error *add_unit(struct klpcc_report *module, const char *path,
				    const char *directory)
{
	struct klpcc_report *unit;
	struct klpcc_error *err = klpcc_report_read(path, &unit);

	if (err)
		return err;
	err = klpcc_report_add(module, unit, directory);
	klpcc_report_free(unit);
	return err;
}

static struct klpcc_error *merge_reports(const struct options *options)
{
	struct klpcc_report *module;
	struct klpcc_error *err =
		klpcc_report_create(options->module, options->release, &module);

	if (err)
		return err;
	for (int i = 0; !err && i < options->count; i++)
		err = add_unit(module, options->files[i], options->directory);
	if (!err)
		err = klpcc_report_write(module, options->output);
	klpcc_report_free(module);
	return err;
}

static struct klpcc_error *explain_object(const struct options *options,
					  struct klpcc_elf *object,
					  struct klpcc_report **reports)
{
	struct klpcc_index *index;
	struct klpcc_error *err = klpcc_index_open(options->index, &index);

	if (err)
		return err;
	for (int i = 0; !err && i < options->count; i++)
		err = klpcc_report_read(options->files[i], &reports[i]);
	if (!err)
		err = klpcc_report_undefined(object, index, reports,
					     (size_t)options->count);
	klpcc_index_close(index);
	return err;
}

static struct klpcc_error *explain_undefined(const struct options *options)
{
	struct klpcc_report **reports =
		calloc((size_t)options->count + 1, sizeof(*reports));
	struct klpcc_elf *object = NULL;
	struct klpcc_error *err = reports ? klpcc_elf_open(options->undefined, &object)
					  : klpcc_error_nomem();

	if (!err)
		err = explain_object(options, object, reports);
	for (int i = 0; reports && i < options->count; i++)
		klpcc_report_free(reports[i]);
	free(reports);
	klpcc_elf_close(object);
	return err;
}

static struct klpcc_error *run_report(int argc, char **argv)
{
	struct options options = { .output = NULL };
	struct klpcc_command_line line;
	struct klpcc_error *err = NULL;
	int key;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while ((key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END)
		take_option(&options, key, &line);
	options.files = line.argv;
	options.count = line.argc;
	check_options(&options, &line);
	if (options.output)
		return merge_reports(&options);
	if (options.undefined)
		return explain_undefined(&options);
	for (int i = 0; !err && i < options.count; i++)
		err = print_report(options.files[i]);
	return err;
}

const struct klpcc_command klpcc_cmd_report = {
	.name = "report",
	.summary = "show what the plugin decided",
	.run = run_report,
};
