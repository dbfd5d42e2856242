// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The command line of a program with commands: picks the command, prints the one error that it
 * returns, and decides how the process ends. klpcc has its list in main.c, klpcc-live in
 * runtime/live/main.c.
 */
#include "tool.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "lib/map.h"
#include "lib/message.h"
#include "lib/nearest.h"
#include "lib/stop.h"

static struct klpcc_error *run_help(int argc, char **argv);

static const struct klpcc_command help = {
	.name = "help",
	.summary = "list the commands, or the options of one",
	.run = run_help,
};

/* The one that runs. */
static const struct klpcc_program *program;

/* The command with this number; after the program's own comes `help`. NULL: there are no more. */
static const struct klpcc_command *get_command(size_t number)
{
	return number < program->command_count    ? program->commands[number]
	       : number == program->command_count ? &help
						  : NULL;
}

static const struct klpcc_command *find_command(const char *name,
						const struct klpcc_command_line *line)
{
	struct klpcc_nearest nearest = { .word = name };
	const struct klpcc_command *command;
	char list[240] = "";
	size_t used = 0;

	for (size_t i = 0; (command = get_command(i)); i++) {
		if (!strcmp(name, command->name))
			return command;
		klpcc_nearest_offer(&nearest, command->name);
		used += (size_t)snprintf(list + used, sizeof(list) - used, " %s",
					 command->name);
	}
	if (nearest.best)
		klpcc_wrong_usage(line, "unknown command '%s'; did you mean '%s'?", name,
				  nearest.best);
	klpcc_wrong_usage(line, "unknown command '%s'; the commands are:%s", name, list);
}

/* The program's own command line, up to the command. The list of commands is part of --help. */
static void read_own_options(struct klpcc_command_line *line, int argc, char **argv)
{
	static char doc[1600];
	static const struct klpcc_syntax syntax = {
		.arguments = "COMMAND [ARGUMENT...]",
		.doc = doc,
		.ordered = true,
	};
	const struct klpcc_command *command;
	size_t used;

	used = (size_t)snprintf(doc, sizeof(doc), "%s\n\nCommands:\n", program->doc);
	for (size_t i = 0; (command = get_command(i)); i++)
		used += (size_t)snprintf(doc + used, sizeof(doc) - used, "  %-9s %s\n",
					 command->name, command->summary);
	snprintf(
		doc + used, sizeof(doc) - used,
		"\v`klpcc COMMAND --help`, or `klpcc help COMMAND`, lists the options of a command.");
	klpcc_begin_options(line, &syntax, argc, argv);
	while (klpcc_next_option(line) != KLPCC_OPTIONS_END)
		;
}

/* Runs a command under its full name. */
static struct klpcc_error *start_command(const struct klpcc_command *command, int argc,
					 char **argv, int *status)
{
	static char name[32];

	snprintf(name, sizeof(name), "klpcc %s", command->name);
	klpcc_message_set_program(name);
	program_invocation_short_name = name; /* for the message of lib/map.c */
	argv[0] = name;
	if (command->judge)
		klpcc_map_set_status(KLPCC_EXIT_TROUBLE);
	return command->judge ? command->judge(argc, argv, status)
			      : command->run(argc, argv);
}

/* Prints what went wrong; returns how the process ends. */
static int run_command(const struct klpcc_command *command, int argc, char **argv)
{
	int status = EXIT_SUCCESS;
	struct klpcc_error *err = start_command(command, argc, argv, &status);

	if (!err && (fflush(stdout) || ferror(stdout)))
		err = klpcc_error_errno(errno, "standard output");
	if (!err)
		return status;
	klpcc_message(KLPCC_MESSAGE_ERROR, "%s", err->message);
	klpcc_error_free(err);
	return command->judge ? KLPCC_EXIT_TROUBLE : KLPCC_EXIT_FAILURE;
}

static struct klpcc_error *run_help(int argc, char **argv)
{
	static const struct klpcc_syntax syntax = {
		.arguments = "[COMMAND]",
		.doc = "List the commands, or the options of COMMAND.",
	};
	char *asked[] = { (char *)"klpcc", (char *)"--help", NULL };
	const struct klpcc_command *command;
	struct klpcc_command_line line;
	int status;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while (klpcc_next_option(&line) != KLPCC_OPTIONS_END)
		;
	if (line.argc) {
		command = find_command(line.argv[0], &line);
		if (line.argc > 1)
			klpcc_wrong_usage(&line, "more than one command: '%s'",
					  line.argv[1]);
		return start_command(command, 2, asked, &status);
	}
	read_own_options(&line, 2, asked);
	return NULL;
}

int klpcc_run_program(const struct klpcc_program *which, int argc, char **argv)
{
	char *none[] = { NULL, NULL };
	struct klpcc_command_line line;
	int status;

	program = which;
	/* So a write beyond `ulimit -f` is an ordinary error. */
	signal(SIGXFSZ, SIG_IGN);
	/* execve() may pass no arguments, not even a name. */
	if (!argc) {
		argc = 1;
		argv = none;
	}
	/* Messages say "klpcc", whatever the path to this program is. */
	argv[0] = (char *)"klpcc";
	read_own_options(&line, argc, argv);
	if (!line.argc)
		klpcc_wrong_usage(&line, "no command given");
	status = run_command(find_command(line.argv[0], &line), line.argc, line.argv);
	klpcc_stop_end();
	return status;
}
