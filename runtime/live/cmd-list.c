// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc list: the livepatches of the running kernel, for people, programs and monitoring.
 */
#include "live.h"

#include <stdlib.h>

#include "list.h"

enum { OPTION_JSON = KLPCC_OPTION_LONG, OPTION_CHECK };

struct options {
	bool json, check;
};

static const struct argp_option option_list[] = {
	{ "json", OPTION_JSON, NULL, 0, "Print JSON", 0 },
	{ "check", OPTION_CHECK, NULL, 0,
	  "Print only what is not as it should be; the exit status tells", 0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.doc = "List the livepatches that the running kernel has, whoever made them, and those "
	       "that are installed for it.\v"
	       "The exit status is 0, or with --check 1 if something is not as it should be. It "
	       "is 2 if that cannot be told.",
};

static struct klpcc_error *judge_list(int argc, char **argv, int *status)
{
	struct options options = { .json = false };
	struct klpcc_command_line line;
	struct klpcc_live_state state;
	struct klpcc_error *err;
	int key;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while ((key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END) {
		options.json |= key == OPTION_JSON;
		options.check |= key == OPTION_CHECK;
	}
	if (line.argc)
		klpcc_wrong_usage(&line, "list takes no names: '%s'", line.argv[0]);
	if (options.json && options.check)
		klpcc_wrong_usage(&line, "--json and --check cannot be combined");
	err = klpcc_live_state_read(&state);
	if (err)
		return err;
	if (options.check)
		*status = klpcc_list_check(&state, stdout) ? KLPCC_EXIT_FAILURE : 0;
	else
		err = options.json ? klpcc_list_print_json(&state, stdout)
				   : klpcc_list_print(&state, stdout);
	klpcc_live_state_deinit(&state);
	return err;
}

const struct klpcc_command klpcc_live_list = {
	.name = "list",
	.summary = "list the livepatches of the running kernel",
	.judge = judge_list,
};
