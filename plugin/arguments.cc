// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Arguments: see arguments.h. As with GCC's own, the last one of a kind counts.
 */
#include "arguments.h"
#include "diagnose.h"
#include "warnings.h"

/*
 * GCC keeps the command line for the debug information (DW_AT_producer). The names of the
 * plugin and of the index do not belong there: an object must not depend on where they are,
 * and one without marks should be as if there were no plugin.
 */
static void forget_own_options(const struct plugin_name_args *info)
{
	size_t length = strlen(info->base_name);
	unsigned int kept = 0;

	for (unsigned int i = 0; i < save_decoded_options_count; i++) {
		const struct cl_decoded_option *option = &save_decoded_options[i];
		bool ours = (option->opt_index == OPT_fplugin_ &&
			     !strcmp(option->arg, info->full_name)) ||
			    (option->opt_index == OPT_fplugin_arg_ &&
			     !strncmp(option->arg, info->base_name, length) &&
			     option->arg[length] == '-');

		if (!ours)
			save_decoded_options[kept++] = *option;
	}
	save_decoded_options_count = kept;
}

/* Of an output that has a path without one, too. */
static const char *path_of(const struct plugin_argument *argument)
{
	return argument->value && *argument->value ? argument->value : NULL;
}

/* Marks are made by the index, and that is what most arguments are about. */
static bool needs_index(const struct klpcc_options *options)
{
	return !options->observe || options->plan || options->replace ||
	       options->report || options->release || options->digest ||
	       options->objects || options->source;
}

struct klpcc_options klpcc_arguments_parse(const struct plugin_name_args *info)
{
	struct klpcc_options options = {};

	options.plugin_name = info->base_name;
	options.plugin_path = info->full_name;
	for (int i = 0; i < info->argc; i++) {
		const struct plugin_argument *argument = &info->argv[i];
		const char **value = NULL;

		if (klpcc_warning_switch(argument->key)) {
			if (argument->value)
				klpcc_fatal_option_without_value(info->base_name,
								 argument->key);
			continue;
		}
		if (!strcmp(argument->key, "report")) {
			options.report = true;
			options.report_path = path_of(argument);
			continue;
		}
		if (!strcmp(argument->key, "observe")) {
			options.observe = true;
			options.observe_path = path_of(argument);
			continue;
		}
		/* Without a value no function is replaced, and the unit only adds some. */
		if (!strcmp(argument->key, "replace") && !argument->value) {
			if (!options.replace)
				options.replace = "";
			continue;
		}
		if (!strcmp(argument->key, "index"))
			value = &options.index_path;
		else if (!strcmp(argument->key, "release"))
			value = &options.release;
		else if (!strcmp(argument->key, "digest"))
			value = &options.digest;
		else if (!strcmp(argument->key, "object"))
			value = &options.objects;
		else if (!strcmp(argument->key, "source"))
			value = &options.source;
		else if (!strcmp(argument->key, "plan"))
			value = &options.plan;
		else if (!strcmp(argument->key, "replace"))
			value = &options.replace;
		else if (!strcmp(argument->key, "prefix"))
			value = &options.prefix;
		else
			klpcc_fatal_unknown_option(info->base_name, argument->key);
		if (!argument->value || !*argument->value)
			klpcc_fatal_option_value(info->base_name, argument->key);
		/* A build may add objects of one unit to those of all. */
		if ((value == &options.objects || value == &options.replace) && *value)
			*value = concat(*value, ",", argument->value, NULL);
		else
			*value = argument->value;
	}
	forget_own_options(info);
	if (!options.index_path && needs_index(&options))
		klpcc_fatal_no_index_option(info->base_name);
	return options;
}

/* The value of -DNAME=VALUE, of which the last one counts; NULL when there is none. */
static const char *macro_value(const char *name)
{
	const size_t length = strlen(name);
	const char *value = NULL;

	for (unsigned int i = 0; i < save_decoded_options_count; i++) {
		const struct cl_decoded_option *option = &save_decoded_options[i];

		if (option->opt_index == OPT_D && !strncmp(option->arg, name, length) &&
		    option->arg[length] == '=')
			value = option->arg + length + 1;
	}
	return value;
}

bool klpcc_arguments_alone(void)
{
	const char *module = macro_value("KBUILD_MODNAME");
	const char *unit = macro_value("KBUILD_BASENAME");

	return !module || !unit || !strcmp(module, unit);
}
