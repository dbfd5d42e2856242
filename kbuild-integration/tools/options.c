// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How every command reads its options: getopt_long() parses and argp_help() prints the help, both
 * from the command's one table (struct klpcc_syntax).
 *
 * argp's own parser is not used: it prints what is wrong by itself, with the user's words as they
 * are. getopt_long() tells the facts, and they become an error like any other (lib/message.h), with
 * a suggestion for a mistyped word, and the usage line.
 */
#include "tool.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "lib/message.h"
#include "lib/nearest.h"

/* Keys of the common options; 'h' and 'V' are the others. */
#define OPTION_HELP '?'
#define OPTION_USAGE 0xffff

/* The options that every command has, last in its help. */
static const struct argp_option common_options[] = {
	{ "help", OPTION_HELP, NULL, 0, "Give this help list", -1 },
	{ NULL, 'h', NULL, OPTION_HIDDEN, NULL, -1 },
	{ "usage", OPTION_USAGE, NULL, 0, "Give a short usage message", 0 },
	{ "version", 'V', NULL, 0, "Print program version", -1 },
	{ 0 },
};

static noreturn void exit_out_of_memory(void)
{
	klpcc_message(KLPCC_MESSAGE_ERROR, "out of memory");
	exit(KLPCC_EXIT_FAILURE);
}

/* ---- help ----------------------------------------------------------------------------- */

static void print_help(const struct klpcc_command_line *line, FILE *stream,
		       unsigned int flags)
{
	const struct argp common = { .options = common_options };
	const struct argp_child children[] = { { &common, 0, NULL, 0 }, { 0 } };
	const struct argp argp = {
		.options = line->syntax->options,
		.args_doc = line->syntax->arguments,
		.doc = line->syntax->doc,
		.children = children,
	};

	argp_help(&argp, stream, flags, (char *)line->name);
}

static noreturn void exit_after_output(void)
{
	if (fflush(stdout) || ferror(stdout)) {
		klpcc_message(KLPCC_MESSAGE_ERROR, "standard output: %s",
			      strerror(errno));
		exit(KLPCC_EXIT_FAILURE);
	}
	exit(EXIT_SUCCESS);
}

/* ---- wrong usage ---------------------------------------------------------------------- */

void klpcc_wrong_usage(const struct klpcc_command_line *line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	klpcc_vmessage(KLPCC_MESSAGE_ERROR, format, args);
	va_end(args);
	print_help(line, stderr, ARGP_HELP_SHORT_USAGE);
	fprintf(stderr, "Try `%s --help` for more information.\n", line->name);
	exit(KLPCC_EXIT_USAGE);
}

void klpcc_check_name(const struct klpcc_command_line *line, const char *option,
		      const char *name)
{
	if (!*name)
		klpcc_wrong_usage(line, "%s: the name of the file is empty", option);
}

void klpcc_check_output(const struct klpcc_command_line *line, const char *name)
{
	klpcc_check_name(line, "--output", name);
	if (!strcmp(name, "-"))
		klpcc_wrong_usage(
			line,
			"--output: '-' is not standard output; for a file of that name write './-'");
}

/* The long option with this key, or NULL. */
static const char *find_long_name(const struct klpcc_command_line *line, int key)
{
	for (const struct option *option = line->long_options; option->name; option++)
		if (option->val == key)
			return option->name;
	return NULL;
}

/* The long options that begin with the word, as " '--inputs' '--image'"; "" for none. */
static char *list_completions(const struct klpcc_command_line *line, const char *word,
			      size_t length)
{
	char *list = NULL;
	size_t size;
	FILE *stream = open_memstream(&list, &size);

	if (!stream)
		exit_out_of_memory();
	for (const struct option *option = line->long_options; option->name; option++)
		if (!strncmp(option->name, word, length))
			fprintf(stream, " '--%s'", option->name);
	if (fclose(stream))
		exit_out_of_memory();
	return list;
}

/* word: as it was given, with "--" and perhaps "=VALUE". */
static noreturn void refuse_long_option(const struct klpcc_command_line *line,
					const char *word)
{
	size_t length = strcspn(word + 2, "=");
	char *name = strndup(word + 2, length);
	struct klpcc_nearest nearest = { .word = name };
	char *completions = list_completions(line, word + 2, length);

	if (!name)
		exit_out_of_memory();
	if (*completions)
		klpcc_wrong_usage(line, "option '%s' is ambiguous; possibilities:%s",
				  word, completions);
	for (const struct option *option = line->long_options; option->name; option++)
		klpcc_nearest_offer(&nearest, option->name);
	if (nearest.best)
		klpcc_wrong_usage(line, "unrecognized option '%s'; did you mean '--%s'?",
				  word, nearest.best);
	klpcc_wrong_usage(line, "unrecognized option '%s'", word);
}

/* getopt_long() has left the key in optopt, 0 for a long option that it does not know. */
static noreturn void refuse_option(const struct klpcc_command_line *line)
{
	const char *name;

	if (!optopt)
		refuse_long_option(line, line->argv[optind - 1]);
	name = find_long_name(line, optopt);
	/* Only a long option is refused although it is known. */
	if (name)
		klpcc_wrong_usage(line, "option '--%s' doesn't allow an argument", name);
	klpcc_wrong_usage(line, "invalid option -- '%c'", optopt);
}

static noreturn void refuse_missing_value(const struct klpcc_command_line *line)
{
	/* The last word of the command line: "--output", "-o" or "-qo". */
	if (!strncmp(line->argv[optind - 1], "--", 2))
		klpcc_wrong_usage(line, "option '--%s' requires an argument",
				  find_long_name(line, optopt));
	klpcc_wrong_usage(line, "option requires an argument -- '%c'", optopt);
}

/* ---- parsing -------------------------------------------------------------------------- */

static size_t count_options(const struct argp_option *table)
{
	size_t count = 0;

	while (table && (table[count].name || table[count].key))
		count++;
	return count;
}

/*
 * Adds the options of a table to getopt_long()'s two, which have room for them. As '?' is what that
 * function returns for wrong usage, --help becomes 'h', and "-?" wrong usage that is not refused.
 */
static void add_options(struct klpcc_command_line *line, const struct argp_option *table)
{
	char *letter = line->short_options + strlen(line->short_options);
	struct option *free_entry = line->long_options;
	size_t count = count_options(table);

	while (free_entry->name)
		free_entry++;
	for (size_t i = 0; i < count; i++) {
		if (table[i].name)
			*free_entry++ = (struct option){
				.name = table[i].name,
				.has_arg = table[i].arg ? required_argument : no_argument,
				.val = table[i].key == OPTION_HELP ? 'h' : table[i].key,
			};
		if (table[i].key == OPTION_HELP || table[i].key >= KLPCC_OPTION_LONG)
			continue;
		*letter++ = (char)table[i].key;
		if (table[i].arg)
			*letter++ = ':';
	}
}

void klpcc_begin_options(struct klpcc_command_line *line,
			 const struct klpcc_syntax *syntax, int argc, char **argv)
{
	size_t count = count_options(syntax->options) + count_options(common_options);
	/* ':': getopt_long() prints nothing, and tells which option lacks its value. */
	const char *mode = syntax->ordered ? "+:" : ":";

	*line = (struct klpcc_command_line){
		.syntax = syntax,
		.name = argv[0],
		.argc = argc,
		.argv = argv,
		.long_options = calloc(count + 1, sizeof(struct option)),
		.short_options = calloc(1, strlen(mode) + 2 * count + 1),
	};
	if (!line->long_options || !line->short_options)
		exit_out_of_memory();
	strcpy(line->short_options, mode);
	add_options(line, syntax->options);
	add_options(line, common_options);
	optind = 0; /* getopt_long() starts anew: klpcc's own command line came before */
}

/* What is left are arguments. */
static int end_options(struct klpcc_command_line *line)
{
	free(line->long_options);
	free(line->short_options);
	line->argc -= optind;
	line->argv += optind;
	return KLPCC_OPTIONS_END;
}

int klpcc_next_option(struct klpcc_command_line *line)
{
	int key = getopt_long(line->argc, line->argv, line->short_options,
			      line->long_options, NULL);

	line->value = optarg;
	switch (key) {
	case -1:
		return end_options(line);
	case ':':
		refuse_missing_value(line);
	case '?':
		if (optopt != OPTION_HELP)
			refuse_option(line);
		/* fall through */
	case 'h':
		print_help(line, stdout, ARGP_HELP_STD_HELP);
		exit_after_output();
	case OPTION_USAGE:
		print_help(line, stdout, ARGP_HELP_USAGE);
		exit_after_output();
	case 'V':
		klpcc_print_version(stdout);
		exit_after_output();
	default:
		return key;
	}
}
