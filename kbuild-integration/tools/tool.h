/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the commands of klpcc, and of klpcc-live (runtime/live/), share with what runs them.
 *
 * A command reads its options, calls the libraries, and returns an error that commands.c prints.
 * Exit codes: 0 done, 1 refused or failed, 2 wrong usage. Those of a command that judges are its
 * verdict, and for it every kind of trouble is 2, as for grep.
 */
#ifndef KLPCC_TOOL_H
#define KLPCC_TOOL_H

#include <argp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdnoreturn.h>

#include "lib/error.h"

#define KLPCC_EXIT_FAILURE 1
#define KLPCC_EXIT_USAGE 2
#define KLPCC_EXIT_TROUBLE 2

struct klpcc_command {
	const char *name;
	const char *summary; /* one line for `klpcc --help` */
	/* argv[0] is "klpcc NAME", so that messages name the command. */
	struct klpcc_error *(*run)(int argc, char **argv);
	/* In place of run, for a command that judges; *status: how the process ends, 0 at first. */
	struct klpcc_error *(*judge)(int argc, char **argv, int *status);
};

extern const struct klpcc_command klpcc_cmd_index;
extern const struct klpcc_command klpcc_cmd_link;
extern const struct klpcc_command klpcc_cmd_cflags;
extern const struct klpcc_command klpcc_cmd_report;
extern const struct klpcc_command klpcc_cmd_show;
extern const struct klpcc_command klpcc_cmd_tree;
extern const struct klpcc_command klpcc_cmd_verify;
extern const struct klpcc_command klpcc_cmd_match;
extern const struct klpcc_command klpcc_cmd_patch;
/* cmd-live.c: those of klpcc-live, which it starts. */
extern const struct klpcc_command klpcc_cmd_load;
extern const struct klpcc_command klpcc_cmd_unload;
extern const struct klpcc_command klpcc_cmd_list;
extern const struct klpcc_command klpcc_cmd_install;
extern const struct klpcc_command klpcc_cmd_uninstall;

/* A program that consists of commands. */
struct klpcc_program {
	const char *doc; /* what it is for, in a sentence */
	const struct klpcc_command *const *commands;
	size_t command_count;
};

/* commands.c: what main() does. Returns how the process ends. */
int klpcc_run_program(const struct klpcc_program *program, int argc, char **argv);

/* What a command takes. Parsing and --help are both made of it. */
struct klpcc_syntax {
	/* name, key, argument and help of each; { 0 } ends it. NULL: only the common ones. */
	const struct argp_option *options;
	const char
		*arguments; /* after the options; a line for each form of the command */
	const char *doc;    /* before the list of options; after a \v, after it */
	bool ordered;       /* what follows the first argument is not for this command */
};

/* The keys of options: a letter for one that has a short form, numbers from here on for others. */
#define KLPCC_OPTION_LONG 0x100
#define KLPCC_OPTIONS_END (-1)

/* A command line while it is read. */
struct klpcc_command_line {
	const char *name;  /* of the command: "klpcc link" */
	const char *value; /* of the option that was returned last; borrowed from argv */
	/* After KLPCC_OPTIONS_END the arguments that are left. */
	int argc;
	char **argv;

	/* options.c: the syntax in the form that getopt_long() takes. */
	const struct klpcc_syntax *syntax;
	struct option *long_options;
	char *short_options;
};

/*
 * options.c: reads a command line, argv[0] being the command's name. klpcc_next_option() returns
 * the key of one option after the other, KLPCC_OPTIONS_END at last. It carries out --help, --usage
 * and --version and exits with 0; for an option that is not in the syntax it exits with 2.
 */
void klpcc_begin_options(struct klpcc_command_line *line,
			 const struct klpcc_syntax *syntax, int argc, char **argv);
int klpcc_next_option(struct klpcc_command_line *line);

/* options.c: one error like any other, followed by the usage line; exits with 2. */
noreturn void klpcc_wrong_usage(const struct klpcc_command_line *line, const char *format,
				...) KLPCC_PRINTF(2, 3);

/*
 * options.c: wrong usage if the name of a file is empty. `option` is what gives the name
 * ("--index"), for the message.
 */
void klpcc_check_name(const struct klpcc_command_line *line, const char *option,
		      const char *name);

/*
 * options.c: the same for a file that is written. "-" is refused, too: an output replaces a file
 * in one step (lib/file.h), and a pipe cannot be replaced.
 */
void klpcc_check_output(const struct klpcc_command_line *line, const char *name);

/* What --version prints: version.c, and runtime/live/main.c for klpcc-live. */
void klpcc_print_version(FILE *stream);

#endif
