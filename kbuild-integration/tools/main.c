// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc: the command line. Picks the subcommand, prints the one error that it returns, and
 * decides how the process ends.
 */
#include "tool.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/message.h"
#include "lib/nearest.h"

static struct klpcc_error *run_help(int argc, char **argv);

static const struct klpcc_command help = {
	.name = "help",
	.summary = "list the commands, or the options of one",
	.run = run_help,
};

static const struct klpcc_command *const commands[] = {
	&klpcc_cmd_index, &klpcc_cmd_link, &klpcc_cmd_cflags, &klpcc_cmd_report, &help,
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

/* Where in argv the command stands, and what it is. */
struct choice {
	const struct klpcc_command *command;
	int position;
};

static const struct klpcc_command *find_command(const char *name,
						struct argp_state *state)
{
	struct klpcc_nearest nearest = { .word = name };
	char list[128] = "";
	size_t used = 0;

	for (size_t i = 0; i < COMMANDS; i++) {
		if (!strcmp(name, commands[i]->name))
			return commands[i];
		klpcc_nearest_offer(&nearest, commands[i]->name);
		used += (size_t)snprintf(list + used, sizeof(list) - used, " %s",
					 commands[i]->name);
	}
	if (nearest.best)
		argp_error(state, "unknown command '%s'; did you mean '%s'?", name,
			   nearest.best);
	argp_error(state, "unknown command '%s'; there are:%s", name, list);
	return NULL;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct choice *choice = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		choice->position = state->next - 1;
		choice->command = find_command(arg, state);
		state->next = state->argc;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "no command given");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* The list of commands is part of --help. */
static char *list_commands(int key, const char *text, void *input)
{
	char *list = NULL;
	size_t size;
	FILE *stream;

	(void)input;
	if (key != ARGP_KEY_HELP_PRE_DOC)
		return (char *)text;
	stream = open_memstream(&list, &size);
	if (!stream)
		return (char *)text;
	fprintf(stream, "%s\n\nCommands:\n", text);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(stream, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
	fclose(stream);
	return list;
}

static const struct argp parser = {
	.parser = parse_option,
	.args_doc = "COMMAND [ARGUMENT...]",
	.doc = "Kernel livepatches from ordinary C.\v`klpcc COMMAND --help`, or `klpcc help COMMAND`, lists the options of a command.",
	.help_filter = list_commands,
};

static struct klpcc_error *run(const struct klpcc_command *command, int argc, char **argv)
{
	static char name[32];

	snprintf(name, sizeof(name), "klpcc %s", command->name);
	klpcc_message_set_program(name);
	program_invocation_short_name = name; /* of what lib/map.c says */
	argv[0] = name;
	return command->run(argc, argv);
}

/* Prints what went wrong; returns how the process ends. */
static int run_command(const struct klpcc_command *command, int argc, char **argv)
{
	struct klpcc_error *err = run(command, argc, argv);

	if (!err && (fflush(stdout) || ferror(stdout)))
		err = klpcc_error_errno(errno, "standard output");
	if (!err)
		return EXIT_SUCCESS;
	klpcc_message(KLPCC_MESSAGE_ERROR, "%s", err->message);
	klpcc_error_free(err);
	return KLPCC_EXIT_FAILURE;
}

static error_t parse_help(int key, char *arg, struct argp_state *state)
{
	const struct klpcc_command **command = state->input;

	if (key != ARGP_KEY_ARG)
		return ARGP_ERR_UNKNOWN;
	if (*command)
		argp_error(state, "more than one command: '%s'", arg);
	*command = find_command(arg, state);
	return 0;
}

static const struct argp help_parser = {
	.parser = parse_help,
	.args_doc = "[COMMAND]",
	.doc = "List the commands, or the options of COMMAND.",
};

static struct klpcc_error *run_help(int argc, char **argv)
{
	char *asked[] = { (char *)"klpcc", (char *)"--help", NULL };
	const struct klpcc_command *command = NULL;

	klpcc_parse_options(&help_parser, argc, argv, 0, &command);
	if (command)
		return run(command, 2, asked);
	klpcc_parse_options(&parser, 2, asked, ARGP_IN_ORDER, NULL);
	return NULL;
}

int main(int argc, char **argv)
{
	char *none[] = { NULL, NULL };
	struct choice choice = { NULL, 0 };

	/* A write beyond `ulimit -f` is then an error like any other. */
	signal(SIGXFSZ, SIG_IGN);
	/* execve() may have given not even a name. */
	if (!argc) {
		argc = 1;
		argv = none;
	}
	/* Whatever path it was called by, messages say "klpcc". */
	argv[0] = (char *)"klpcc";
	klpcc_parse_options(&parser, argc, argv, ARGP_IN_ORDER, &choice);
	return run_command(choice.command, argc - choice.position,
			   argv + choice.position);
}
