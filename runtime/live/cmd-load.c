// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc load: the command line. load.c does it.
 */
#include "live.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <lib/message.h>
#include <lib/stop.h>

#include "installed.h"
#include "load.h"
#include "system.h"
#include "transition-options.h"

enum { OPTION_INSTALLED = KLPCC_OPTION_LONG };

struct options {
	struct klpcc_load_options load;
	bool installed;
};

static const struct argp_option option_list[] = {
	{ "index", 'i', "FILE", 0,
	  "Verify with this index of the running kernel; one in the cache is found by itself",
	  0 },
	{ "installed", OPTION_INSTALLED, NULL, 0,
	  "Load what is installed for the running kernel, as at boot", 0 },
	KLPCC_TRANSITION_OPTION_LIST,
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments = "FILE.ko|NAME...\n--installed",
	.doc = "Load livepatches into the running kernel, with what they need, and wait until "
	       "they are in effect. A patch whose transition does not end in time is taken out "
	       "again.",
};

/* The file of an argument: itself, or that of an installed patch, or what modprobe would load. */
static struct klpcc_error *find_file(const char *argument,
				     const struct klpcc_installed *installed, char **ret)
{
	const char *file;
	struct klpcc_error *err;
	char *name;

	*ret = NULL;
	if (!*argument)
		return klpcc_error_new(ENOENT, "the name of the livepatch is empty");
	if (klpcc_module_is_file(argument)) {
		*ret = strdup(argument);
		return *ret ? NULL : klpcc_error_nomem();
	}
	name = klpcc_module_name(argument);
	if (!name)
		return klpcc_error_nomem();
	file = klpcc_installed_find(installed, name);
	if (file) {
		*ret = klpcc_installed_path(installed, file);
		err = *ret ? NULL : klpcc_error_nomem();
	} else {
		err = klpcc_module_find(NULL, name, ret);
	}
	free(name);
	if (!err && !*ret)
		err = klpcc_error_new(
			ENOENT,
			"%s: no such module is installed for %s; for a file write its path or its whole name, '%s.ko'",
			argument, installed->release, argument);
	return err;
}

static struct klpcc_error *load_named(const struct options *options, char **arguments,
				      int count)
{
	struct klpcc_installed installed;
	struct klpcc_error *err =
		klpcc_installed_read(NULL, klpcc_system_release(), &installed);

	for (int i = 0; !err && i < count; i++) {
		char *path;

		err = find_file(arguments[i], &installed, &path);
		if (!err)
			err = klpcc_load(path, &options->load);
		free(path);
	}
	klpcc_installed_deinit(&installed);
	return err;
}

/* klpcc.skip on the kernel's command line: for a patch that keeps the machine from booting. */
static bool is_skipped(void)
{
	char *line = klpcc_system_line("/proc/cmdline"), *rest = line, *word;
	bool skip = false;

	while (line && (word = strsep(&rest, " ")))
		skip |= !strcmp(word, "klpcc.skip");
	free(line);
	return skip;
}

/* Whether the module of a file of the list has its directory in this one of /sys. */
static bool is_there(const char *file, const char *directory)
{
	char *name = klpcc_module_name(file);
	bool there = name && klpcc_system_has("%s/%s", directory, name);

	free(name);
	return there;
}

/* The number of the last one that is in effect, from 1 on; 0: none is. */
static size_t find_last(const struct klpcc_installed *installed)
{
	size_t last = installed->files.count;

	while (last && !is_there(installed->files.words[last - 1], KLPCC_SYS_LIVEPATCH))
		last--;
	return last;
}

/* It may be older than what is in effect: whether it goes on top of that is for a person to say. */
static struct klpcc_error *refuse_order(const struct klpcc_installed *installed,
					size_t number, size_t last)
{
	return klpcc_error_new(
		EEXIST,
		"%s: '%s', which comes after it, is in effect; to load it on top, name it: `klpcc load %.*s`",
		installed->files.words[number], installed->files.words[last - 1],
		(int)strcspn(installed->files.words[number], "."),
		installed->files.words[number]);
}

/*
 * Each whose module is not there yet. One that does not load is reported, and the others are
 * loaded: *failed counts.
 */
static struct klpcc_error *load_list(const struct options *options,
				     const struct klpcc_installed *installed,
				     size_t *failed)
{
	size_t last = find_last(installed);
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < installed->files.count; i++) {
		char *path;

		if (is_there(installed->files.words[i], KLPCC_SYS_MODULE))
			continue;
		path = klpcc_installed_path(installed, installed->files.words[i]);
		err = !path      ? klpcc_error_nomem()
		      : i < last ? refuse_order(installed, i, last)
				 : klpcc_load(path, &options->load);
		free(path);
		if (!err || err->code == EINTR)
			continue;
		klpcc_message(KLPCC_MESSAGE_WARNING, "skipped: %s", err->message);
		klpcc_error_free(err);
		err = NULL;
		++*failed;
	}
	return err;
}

static struct klpcc_error *load_installed(const struct options *options)
{
	struct klpcc_installed installed;
	struct klpcc_error *err;
	size_t failed = 0;

	if (is_skipped()) {
		klpcc_message(
			KLPCC_MESSAGE_PLAIN,
			"nothing is loaded: klpcc.skip is on the kernel's command line");
		return NULL;
	}
	err = klpcc_installed_read(NULL, klpcc_system_release(), &installed);
	if (err)
		return err;
	err = load_list(options, &installed, &failed);
	if (!err && failed)
		err = klpcc_error_new(EINVAL,
				      "%zu of %zu installed livepatches not loaded",
				      failed, installed.files.count);
	else if (!err && !installed.files.count && !options->load.transition.quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN, "no livepatch is installed for %s",
			      installed.release);
	klpcc_installed_deinit(&installed);
	return err;
}

static struct klpcc_error *run_load(int argc, char **argv)
{
	struct options options = { .load.transition = KLPCC_TRANSITION_DEFAULTS };
	struct klpcc_command_line line;
	int key;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while ((key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END) {
		if (key == OPTION_INSTALLED) {
			options.installed = true;
		} else if (key == 'i') {
			klpcc_check_name(&line, "--index", line.value);
			options.load.index = line.value;
		} else {
			klpcc_transition_take_option(&options.load.transition, key,
						     &line);
		}
	}
	klpcc_transition_check_options(&options.load.transition, &line);
	if (!options.installed && !line.argc)
		klpcc_wrong_usage(&line, "no livepatch given");
	if (options.installed && line.argc)
		klpcc_wrong_usage(&line, "--installed takes no names");
	klpcc_stop_begin();
	return options.installed ? load_installed(&options)
				 : load_named(&options, line.argv, line.argc);
}

const struct klpcc_command klpcc_live_load = {
	.name = "load",
	.summary = "load livepatches into the running kernel",
	.run = run_load,
};
