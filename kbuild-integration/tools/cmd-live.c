// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc load, unload, list, install, uninstall: those of klpcc-live, a program of its own for
 * machines that are patched (runtime/live/). It is beside this one.
 */
#include "tool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct klpcc_error *run_live(int argc, char **argv)
{
	char **arguments = calloc((size_t)argc + 2, sizeof(*arguments));
	char *tool = realpath("/proc/self/exe", NULL), *path = NULL;
	struct klpcc_error *err;

	if (!arguments || !tool ||
	    asprintf(&path, "%.*s/klpcc-live", (int)(strrchr(tool, '/') - tool), tool) <
		    0) {
		free(tool);
		free(arguments);
		return klpcc_error_nomem();
	}
	arguments[0] = path;
	/* "klpcc load", so that messages name the command. */
	arguments[1] = strchr(argv[0], ' ') + 1;
	memcpy(arguments + 2, argv + 1, ((size_t)argc - 1) * sizeof(*arguments));
	execv(path, arguments);
	err = errno == ENOENT
		      ? klpcc_error_new(
				ENOENT,
				"%s is missing: `make live` builds it; in packages it is klpcc-live",
				path)
		      : klpcc_error_errno(errno, "%s", path);
	free(path);
	free(tool);
	free(arguments);
	return err;
}

/* If klpcc-live cannot be started, it is trouble, not a verdict. */
static struct klpcc_error *judge_live(int argc, char **argv, int *status)
{
	(void)status;
	return run_live(argc, argv);
}

const struct klpcc_command klpcc_cmd_load = {
	.name = "load",
	.summary = "load livepatches into the running kernel",
	.run = run_live,
};

const struct klpcc_command klpcc_cmd_unload = {
	.name = "unload",
	.summary = "disable livepatches, and remove them",
	.run = run_live,
};

const struct klpcc_command klpcc_cmd_list = {
	.name = "list",
	.summary = "list the livepatches of the running kernel",
	.judge = judge_live,
};

const struct klpcc_command klpcc_cmd_install = {
	.name = "install",
	.summary = "have livepatches loaded at each boot",
	.run = run_live,
};

const struct klpcc_command klpcc_cmd_uninstall = {
	.name = "uninstall",
	.summary = "have them loaded no more",
	.run = run_live,
};
