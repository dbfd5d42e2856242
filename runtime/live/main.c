// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc-live: the commands for the machine whose kernel is patched. A program of its own, so that
 * such a machine needs neither a compiler nor the libraries that read ELF files and kernels. klpcc
 * starts it for these commands (tools/cmd-live.c); where it is installed alone, it is klpcc, too.
 */
#include "live.h"

static const struct klpcc_command *const commands[] = {
	&klpcc_live_load,    &klpcc_live_unload,    &klpcc_live_list,
	&klpcc_live_install, &klpcc_live_uninstall,
};

static const struct klpcc_program program = {
	.doc = "Load kernel livepatches, and see what is patched.",
	.commands = commands,
	.command_count = sizeof(commands) / sizeof(commands[0]),
};

void klpcc_print_version(FILE *stream)
{
	fprintf(stream, "klpcc %s\n", KLPCC_VERSION);
	fputs("License GPL-2.0-or-later; there is no warranty.\n", stream);
}

int main(int argc, char **argv)
{
	return klpcc_run_program(&program, argc, argv);
}
