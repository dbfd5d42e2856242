// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc install, klpcc uninstall: the command lines. install.c does it.
 */
#include "live.h"

#include <string.h>
#include <sys/stat.h>

#include "install.h"
#include "system.h"

enum { OPTION_ROOT = KLPCC_OPTION_LONG };

struct options {
	struct klpcc_install_options install;
	const char *release; /* for uninstall; NULL: the running kernel's */
};

static const struct argp_option install_options[] = {
	{ "root", OPTION_ROOT, "DIR", 0, "The system whose root directory is DIR", 0 },
	{ "quiet", 'q', NULL, 0, "Print only errors, warnings and notes", 0 },
	{ 0 },
};

static const struct klpcc_syntax install_syntax = {
	.options = install_options,
	.arguments = "FILE.ko...",
	.doc = "Have livepatches loaded at each boot of the kernel that they were built for, in "
	       "the order in which they are installed. This does not load them now.",
};

static const struct argp_option uninstall_options[] = {
	{ "release", 'r', "RELEASE", 0, "Of this kernel; by default the running one", 0 },
	{ "root", OPTION_ROOT, "DIR", 0, "The system whose root directory is DIR", 0 },
	{ "quiet", 'q', NULL, 0, "Print only errors, warnings and notes", 0 },
	{ 0 },
};

static const struct klpcc_syntax uninstall_syntax = {
	.options = uninstall_options,
	.arguments = "NAME...",
	.doc = "Have livepatches loaded at boot no more, and remove their files. One that is "
	       "loaded stays loaded.",
};

static void read_options(struct options *options, struct klpcc_command_line *line,
			 const struct klpcc_syntax *syntax, int argc, char **argv)
{
	int key;

	klpcc_begin_options(line, syntax, argc, argv);
	while ((key = klpcc_next_option(line)) != KLPCC_OPTIONS_END) {
		if (key == OPTION_ROOT) {
			klpcc_check_name(line, "--root", line->value);
			options->install.root = line->value;
		} else if (key == 'r') {
			if (!*line->value || strchr(line->value, '/'))
				klpcc_wrong_usage(line, "--release: '%s' is no release",
						  line->value);
			options->release = line->value;
		} else {
			options->install.quiet = true;
		}
	}
	if (!line->argc)
		klpcc_wrong_usage(line, "no livepatch given");
	/* What is made here, by depmod and systemctl, too, is for everybody to read. */
	umask(022);
}

static struct klpcc_error *run_install(int argc, char **argv)
{
	struct options options = { .release = NULL };
	struct klpcc_command_line line;

	read_options(&options, &line, &install_syntax, argc, argv);
	return klpcc_install(line.argv, line.argc, &options.install);
}

const struct klpcc_command klpcc_live_install = {
	.name = "install",
	.summary = "have livepatches loaded at each boot",
	.run = run_install,
};

static struct klpcc_error *run_uninstall(int argc, char **argv)
{
	struct options options = { .release = klpcc_system_release() };
	struct klpcc_command_line line;

	read_options(&options, &line, &uninstall_syntax, argc, argv);
	return klpcc_uninstall(line.argv, line.argc, options.release, &options.install);
}

const struct klpcc_command klpcc_live_uninstall = {
	.name = "uninstall",
	.summary = "have them loaded no more",
	.run = run_uninstall,
};
