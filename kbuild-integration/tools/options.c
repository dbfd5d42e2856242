// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How every command reads its options: argp, with what argp lacks.
 *
 * argp and getopt print what is wrong by themselves, with the user's words as they are, and
 * end the process. Here that text is caught, and comes out as an error like any other
 * (lib/message.h), with a suggestion where a word was mistyped, and the usage line.
 */
#include "tool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/message.h"
#include "lib/nearest.h"

/* What is being parsed, and the caught text; argp NULL before and after. */
static struct {
	const struct argp *argp;
	FILE *standard_error;
	char *text;
	size_t size;
} parsing;

static error_t parse_common(int key, char *arg, struct argp_state *state)
{
	(void)arg;
	if (key != 'h')
		return ARGP_ERR_UNKNOWN;
	argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
	return 0;
}

static const struct argp_option common_options[] = {
	{ NULL, 'h', NULL, OPTION_HIDDEN, NULL, 0 },
	{ 0 },
};

static const struct argp common = { .options = common_options, .parser = parse_common };

/* " did you mean '--form'?" for the long option in getopt's "unrecognized option '--fom'". */
static const char *suggest(char *text)
{
	static const char lead[] = "unrecognized option '--";
	static const char *const own[] = { "help", "usage", "version" };
	struct klpcc_nearest nearest = { .word = text + strlen(lead) };
	char *end = text + strcspn(text, "\n");
	char word[64];
	int length;

	if (strncmp(text, lead, strlen(lead)) != 0)
		return NULL;
	length = (int)strcspn(nearest.word, "=\n");
	if (nearest.word + length == end)
		length--; /* the closing quote */
	if (length < 0 || (size_t)length >= sizeof(word))
		return NULL;
	snprintf(word, sizeof(word), "%.*s", length, nearest.word);
	nearest.word = word;
	for (const struct argp_option *option = parsing.argp->options;
	     option && (option->name || option->key); option++)
		if (option->name)
			klpcc_nearest_offer(&nearest, option->name);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		klpcc_nearest_offer(&nearest, own[i]);
	return nearest.best;
}

/* argp's text is "NAME: what is wrong\nTry `NAME --help' or ...\n". */
static void print_wrong_usage(const char *name)
{
	char *text = parsing.text;
	const char *hint;
	size_t length = strlen(name);

	if (!strncmp(text, name, length) && !strncmp(text + length, ": ", 2))
		text += length + 2;
	hint = suggest(text);
	/* Not at the first line feed, but before argp's own line: a word may have one. */
	for (char *end = text + strlen(text); end > text; end--) {
		if (!strncmp(end, "\nTry `", strlen("\nTry `"))) {
			*end = '\0';
			break;
		}
	}
	text[strlen(text) - (*text && text[strlen(text) - 1] == '\n')] = '\0';
	if (hint)
		klpcc_message(KLPCC_MESSAGE_ERROR, "%s; did you mean '--%s'?", text,
			      hint);
	else
		klpcc_message(KLPCC_MESSAGE_ERROR, "%s", text);
}

/* Gives standard error back. */
static void release_stderr(void)
{
	fclose(stderr);
	stderr = parsing.standard_error;
}

static void finish(int status, void *name)
{
	const struct argp *argp = parsing.argp;

	if (!argp)
		return;
	release_stderr();
	/* What --help or --version wrote. */
	if (fflush(stdout) || ferror(stdout)) {
		klpcc_message(KLPCC_MESSAGE_ERROR, "standard output: %s",
			      strerror(errno));
		_exit(KLPCC_EXIT_FAILURE);
	}
	if (status == KLPCC_EXIT_USAGE) {
		print_wrong_usage(name);
		argp_help(argp, stderr, ARGP_HELP_SHORT_USAGE, name);
		fprintf(stderr, "`%s --help` says more.\n", (char *)name);
	}
	parsing.argp = NULL; /* this runs once for each command line that was parsed */
	free(parsing.text);
}

void klpcc_check_name(struct argp_state *state, const char *option, const char *arg)
{
	if (!*arg)
		argp_error(state, "%s: the name of the file is empty", option);
}

void klpcc_check_output(struct argp_state *state, const char *arg)
{
	klpcc_check_name(state, "--output", arg);
	if (!strcmp(arg, "-"))
		argp_error(
			state,
			"--output: '-' is not standard output; for a file of that name say './-'");
}

void klpcc_parse_options(const struct argp *argp, int argc, char **argv,
			 unsigned int flags, void *input)
{
	const struct argp_child children[] = { { &common, 0, NULL, 0 }, { 0 } };
	struct argp whole = *argp;
	FILE *caught = open_memstream(&parsing.text, &parsing.size);
	error_t problem;

	if (!caught) {
		klpcc_message(KLPCC_MESSAGE_ERROR, "out of memory");
		exit(KLPCC_EXIT_FAILURE);
	}
	whole.children = children;
	argp_err_exit_status = KLPCC_EXIT_USAGE;
	argp_program_version_hook = klpcc_print_version;
	parsing.argp = &whole;
	/* The GNU C library lets a program set its standard streams. */
	parsing.standard_error = stderr;
	stderr = caught;
	on_exit(finish, argv[0]);
	problem = argp_parse(&whole, argc, argv, flags, NULL, input);
	release_stderr();
	parsing.argp = NULL;
	free(parsing.text);
	/* Wrong usage does not come back: what does is a lack of memory. */
	if (problem) {
		klpcc_message(KLPCC_MESSAGE_ERROR, "%s",
			      problem == ENOMEM ? "out of memory" : strerror(problem));
		exit(KLPCC_EXIT_FAILURE);
	}
}
