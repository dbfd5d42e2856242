// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Arguments: see arguments.h. As with GCC's own, the last one of a kind counts.
 */
#include "arguments.h"
#include "diagnose.h"

struct klpcc_options klpcc_arguments_parse(const struct plugin_name_args *info)
{
	struct klpcc_options options = {};

	options.plugin_name = info->base_name;
	options.plugin_path = info->full_name;
	for (int i = 0; i < info->argc; i++) {
		const struct plugin_argument *argument = &info->argv[i];
		const char **value = NULL;

		if (!strcmp(argument->key, "index"))
			value = &options.index_path;
		else if (!strcmp(argument->key, "release"))
			value = &options.release;
		else
			klpcc_fatal_unknown_option(info->base_name, argument->key);
		if (!argument->value || !*argument->value)
			klpcc_fatal_option_value(info->base_name, argument->key);
		*value = argument->value;
	}
	if (!options.index_path)
		klpcc_fatal_no_index_option(info->base_name);
	return options;
}
