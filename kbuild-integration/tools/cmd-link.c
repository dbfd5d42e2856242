// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc link: options of the final link; the work is in link/.
 */
#include "tool.h"

#include <string.h>

#include "link/link.h"

#define OPTION_FORM 'f'
#define OPTION_INDEX 'i'

static const struct argp_option option_table[] = {
	{ "form", OPTION_FORM, "FORM", 0,
	  "object (default, for the klpcc resolver) or mainline (for the kernel itself)",
	  0 },
	{ "index", OPTION_INDEX, "FILE", 0,
	  "Check every mark and the release against this target index", 0 },
	{ "output", 'o', "FILE", 0, "Write FILE and leave the module as it is", 0 },
	{ 0 },
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct klpcc_link_options *options = state->input;

	switch (key) {
	case OPTION_FORM:
		if (!strcmp(arg, "object"))
			options->form = KLPCC_FORM_OBJECT;
		else if (!strcmp(arg, "mainline"))
			options->form = KLPCC_FORM_MAINLINE;
		else
			argp_error(state, "--form is object or mainline, not '%s'", arg);
		return 0;
	case OPTION_INDEX:
		klpcc_check_name(state, "--index", arg);
		options->index = arg;
		return 0;
	case 'o':
		klpcc_check_output(state, arg);
		options->output = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (options->input)
			argp_error(state, "more than one module: '%s'", arg);
		klpcc_check_name(state, "FILE.ko", arg);
		options->input = arg;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "no module given");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp parser = {
	.options = option_table,
	.parser = parse,
	.args_doc = "FILE.ko",
	.doc = "Turns the marks of a livepatch module into final klp relocation sections.",
};

static struct klpcc_error *run(int argc, char **argv)
{
	struct klpcc_link_options options = { .form = KLPCC_FORM_OBJECT };

	klpcc_parse_options(&parser, argc, argv, 0, &options);
	return klpcc_link(&options);
}

const struct klpcc_command klpcc_cmd_link = {
	.name = "link",
	.summary = "finish a patch module: marks become klp relocation sections",
	.run = run,
};
