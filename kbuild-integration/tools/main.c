// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc: the command line. Picks the subcommand, prints the one error that it returns, and
 * is the only place that exits.
 */
#include "tool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef KLPCC_VERSION
#define KLPCC_VERSION "unknown"
#endif

static const struct klpcc_command *const commands[] = {
	&klpcc_cmd_index,
	&klpcc_cmd_link,
	&klpcc_cmd_cflags,
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void print_help(FILE *stream)
{
	fprintf(stream, "Usage: klpcc COMMAND [OPTION...] [FILE]\n"
			"Kernel livepatches from ordinary C.\n\nCommands:\n");
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(stream, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(stream, "\n`klpcc COMMAND --help` lists the options of a command.\n");
}

static int usage_error(const char *problem, const char *word)
{
	fprintf(stderr, "klpcc: %s%s%s\n", problem, word ? ": " : "", word ? word : "");
	fprintf(stderr, "Usage: klpcc COMMAND [OPTION...] [FILE]; commands:");
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(stderr, " %s", commands[i]->name);
	fputc('\n', stderr);
	return KLPCC_EXIT_USAGE;
}

/* What is being parsed; NULL before and after. */
static const struct argp *parsing;

/*
 * argp itself ends the process on wrong usage, with no more than a hint at --help; the usage
 * line follows on the way out.
 */
static void print_usage(int status, void *name)
{
	if (parsing && status == KLPCC_EXIT_USAGE)
		argp_help(parsing, stderr, ARGP_HELP_SHORT_USAGE, name);
}

void klpcc_parse_options(const struct argp *argp, int argc, char **argv, void *input)
{
	argp_err_exit_status = KLPCC_EXIT_USAGE;
	parsing = argp;
	on_exit(print_usage, argv[0]);
	argp_parse(argp, argc, argv, 0, NULL, input);
	parsing = NULL;
}

static int run(const struct klpcc_command *command, int argc, char **argv)
{
	struct klpcc_error *err;
	char name[32];

	snprintf(name, sizeof(name), "klpcc %s", command->name);
	argv[0] = name;
	err = command->run(argc, argv);
	if (!err && (fflush(stdout) || ferror(stdout)))
		err = klpcc_error_errno(errno, "standard output");
	if (!err)
		return EXIT_SUCCESS;
	fprintf(stderr, "%s: error: %s\n", name, err->message);
	klpcc_error_free(err);
	return KLPCC_EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return usage_error("no command", NULL);
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
	    !strcmp(argv[1], "help")) {
		print_help(stdout);
		return EXIT_SUCCESS;
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		printf("klpcc %s\n", KLPCC_VERSION);
		return EXIT_SUCCESS;
	}
	for (size_t i = 0; i < COMMANDS; i++)
		if (!strcmp(argv[1], commands[i]->name))
			return run(commands[i], argc - 1, argv + 1);
	return usage_error("unknown command", argv[1]);
}
