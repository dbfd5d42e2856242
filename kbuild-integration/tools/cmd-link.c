// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc link: the options of the final link; link/ does the work.
 */
#include "tool.h"

#include <string.h>

#include "link/link.h"

static const struct argp_option options[] = {
	{ "form", 'f', "FORM", 0,
	  "object (default, for the klpcc resolver) or mainline (for the kernel alone)",
	  0 },
	{ "index", 'i', "FILE", 0,
	  "Check every mark and the release against this target index", 0 },
	{ "output", 'o', "FILE", 0, "Write FILE instead of changing the module", 0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = options,
	.arguments = "FILE.ko",
	.doc = "Turn the marks of a livepatch module into final klp relocation sections.",
};

static enum klpcc_form parse_form(const struct klpcc_command_line *line)
{
	if (!strcmp(line->value, "object"))
		return KLPCC_FORM_OBJECT;
	if (!strcmp(line->value, "mainline"))
		return KLPCC_FORM_MAINLINE;
	klpcc_wrong_usage(line, "--form must be object or mainline, not '%s'",
			  line->value);
}

static void take_option(struct klpcc_link_options *link, int key,
			const struct klpcc_command_line *line)
{
	switch (key) {
	case 'f':
		link->form = parse_form(line);
		break;
	case 'i':
		klpcc_check_name(line, "--index", line->value);
		link->index = line->value;
		break;
	case 'o':
		klpcc_check_output(line, line->value);
		link->output = line->value;
		break;
	}
}

static void take_arguments(struct klpcc_link_options *link,
			   const struct klpcc_command_line *line)
{
	if (!line->argc)
		klpcc_wrong_usage(line, "no module given");
	klpcc_check_name(line, "FILE.ko", line->argv[0]);
	if (line->argc > 1)
		klpcc_wrong_usage(line, "more than one module: '%s'", line->argv[1]);
	link->input = line->argv[0];
}

static struct klpcc_error *run_link(int argc, char **argv)
{
	struct klpcc_link_options link = { .form = KLPCC_FORM_OBJECT };
	struct klpcc_command_line line;
	int key;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while ((key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END)
		take_option(&link, key, &line);
	take_arguments(&link, &line);
	return klpcc_link(&link);
}

const struct klpcc_command klpcc_cmd_link = {
	.name = "link",
	.summary = "finish a patch module: marks become klp relocation sections",
	.run = run_link,
};
