// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc: its commands. commands.c runs them.
 */
#include "tool.h"

static const struct klpcc_command *const commands[] = {
	&klpcc_cmd_index,   &klpcc_cmd_link,      &klpcc_cmd_cflags, &klpcc_cmd_report,
	&klpcc_cmd_show,    &klpcc_cmd_tree,      &klpcc_cmd_verify, &klpcc_cmd_match,
	&klpcc_cmd_patch,   &klpcc_cmd_load,      &klpcc_cmd_unload, &klpcc_cmd_list,
	&klpcc_cmd_install, &klpcc_cmd_uninstall,
};

static const struct klpcc_program program = {
	.doc = "Kernel livepatches from ordinary C.",
	.commands = commands,
	.command_count = sizeof(commands) / sizeof(commands[0]),
};

int main(int argc, char **argv)
{
	return klpcc_run_program(&program, argc, argv);
}
