// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc unload: disables livepatches, waits until no task runs their code any more, and removes
 * their modules.
 */
#include "live.h"

#include <errno.h>
#include <stdlib.h>

#include <lib/message.h>
#include <lib/stop.h>

#include "modules.h"
#include "patches.h"
#include "system.h"
#include "transition-options.h"
#include "unload.h"

struct options {
	struct klpcc_transition_options transition;
	bool all;
};

static const struct argp_option option_list[] = {
	{ "all", 'a', NULL, 0, "All livepatches, the last one first, and the resolver",
	  0 },
	KLPCC_TRANSITION_OPTION_LIST,
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments = "NAME...\n--all",
	.doc = "Disable livepatches and remove their modules. A patch whose transition does "
	       "not end in time stays enabled.",
};

/* Keeps err for main to print, and prints the one that *failed has from before. */
static void keep_error(struct klpcc_error **failed, struct klpcc_error *err)
{
	if (!err)
		return;
	if (*failed)
		klpcc_message(KLPCC_MESSAGE_ERROR, "%s", (*failed)->message);
	klpcc_error_free(*failed);
	*failed = err;
}

static struct klpcc_error *unload_named(const struct options *options, char **names,
					int count)
{
	struct klpcc_error *failed = NULL;

	for (int i = 0; i < count; i++) {
		char *name = klpcc_module_name(names[i]);

		keep_error(&failed, name ? klpcc_unload(name, &options->transition)
					 : klpcc_error_nomem());
		free(name);
		if (failed && failed->code == EINTR)
			break;
	}
	return failed;
}

/* It serves nobody any more. If somebody has it in use nevertheless, it stays. */
static void remove_resolver(void)
{
	if (!klpcc_system_number(-1, KLPCC_SYS_MODULE "/" KLPCC_RESOLVER "/refcnt"))
		klpcc_module_remove(KLPCC_RESOLVER);
}

static struct klpcc_error *unload_all(const struct options *options)
{
	struct klpcc_live_patches patches;
	struct klpcc_error *failed = klpcc_patches_read(&patches);

	if (failed)
		return failed;
	for (size_t i = patches.count; i; i--) {
		keep_error(&failed, klpcc_unload(patches.patches[i - 1].name,
						 &options->transition));
		if (failed && failed->code == EINTR)
			break;
	}
	if (!patches.count && !options->transition.quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN, "no livepatch is loaded");
	klpcc_patches_deinit(&patches);
	if (!failed)
		remove_resolver();
	return failed;
}

static struct klpcc_error *run_unload(int argc, char **argv)
{
	struct options options = { .transition = KLPCC_TRANSITION_DEFAULTS };
	struct klpcc_command_line line;
	int key;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while ((key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END) {
		if (key == 'a')
			options.all = true;
		else
			klpcc_transition_take_option(&options.transition, key, &line);
	}
	klpcc_transition_check_options(&options.transition, &line);
	if (!options.all && !line.argc)
		klpcc_wrong_usage(&line, "no livepatch named");
	if (options.all && line.argc)
		klpcc_wrong_usage(&line, "--all takes no names");
	klpcc_stop_begin();
	return options.all ? unload_all(&options)
			   : unload_named(&options, line.argv, line.argc);
}

const struct klpcc_command klpcc_live_unload = {
	.name = "unload",
	.summary = "disable livepatches, and remove them",
	.run = run_unload,
};
