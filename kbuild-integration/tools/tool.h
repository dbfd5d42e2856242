/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The klpcc tool: what main.c and the subcommands share.
 *
 * A subcommand parses its options with argp, calls the libraries, and returns an error that
 * main.c prints. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
 */
#ifndef KLPCC_TOOL_H
#define KLPCC_TOOL_H

#include <argp.h>
#include <stdio.h>

#include "lib/error.h"

#define KLPCC_EXIT_FAILURE 1
#define KLPCC_EXIT_USAGE 2

struct klpcc_command {
	const char *name;
	const char *summary; /* one line for `klpcc --help` */
	/* argv[0] is "klpcc NAME", so that argp's messages name the subcommand. */
	struct klpcc_error *(*run)(int argc, char **argv);
};

extern const struct klpcc_command klpcc_cmd_index;
extern const struct klpcc_command klpcc_cmd_link;
extern const struct klpcc_command klpcc_cmd_cflags;
extern const struct klpcc_command klpcc_cmd_report;

/*
 * options.c: argp_parse() with -h and --version, and with exit code 2 and one error like any
 * other, the usage line behind it, on wrong usage; --help and --version exit 0.
 * flags: ARGP_*.
 */
void klpcc_parse_options(const struct argp *argp, int argc, char **argv,
			 unsigned int flags, void *input);

/*
 * options.c: wrong usage unless arg names a file. `option` is what was to name it ("--index"),
 * for the message.
 */
void klpcc_check_name(struct argp_state *state, const char *option, const char *arg);

/*
 * The same for a file that is written. "-" is none: an output replaces a file in one step
 * (lib/file.h), which a pipe has no place for.
 */
void klpcc_check_output(struct argp_state *state, const char *arg);

/* version.c: what --version prints (argp_program_version_hook). */
void klpcc_print_version(FILE *stream, struct argp_state *state);

#endif
