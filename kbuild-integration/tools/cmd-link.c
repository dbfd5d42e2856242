// SPDX-License-Identifier: GPL-2.0-or-later
#include "tool.h"
#include <errno.h>

static struct klpcc_error *run(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return klpcc_error_new(ENOSYS, "not written yet");
}

const struct klpcc_command klpcc_cmd_link = {
	.name = "link",
	.summary = "",
	.run = run,
};
