// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Messages of the tool: see message.h. Colours and their escape sequences are those of
 * gcc/diagnostic-color.cc, so that a terminal shows one style from `make` to the link.
 */
#include "message.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "printable.h"

/* ECMA-48 SGR and EL: as GCC writes them, so that a wrapped line keeps no background. */
#define COLOR_END "\033[m\033[K"

/* The capabilities of GCC_COLORS that are used here, with GCC's defaults. */
enum { LOCUS, NOTE, WARNING, ERROR, QUOTE, COLORS };

static struct {
	const char *name;
	char value[32]; /* parameters of SGR: "01;31" */
} colors[COLORS] = {
	[LOCUS] = { "locus", "01" },        [NOTE] = { "note", "01;36" },
	[WARNING] = { "warning", "01;35" }, [ERROR] = { "error", "01;31" },
	[QUOTE] = { "quote", "01" },
};

static const char *program = "klpcc";

void klpcc_message_set_program(const char *name)
{
	program = name;
}

static void set_color(const char *name, size_t name_length, const char *value,
		      size_t length)
{
	for (size_t i = 0; i < COLORS; i++) {
		if (strlen(colors[i].name) != name_length ||
		    strncmp(colors[i].name, name, name_length) != 0 ||
		    length >= sizeof(colors[i].value))
			continue;
		memcpy(colors[i].value, value, length);
		colors[i].value[length] = '\0';
	}
}

/* NAME=SGR:NAME=SGR; what follows a malformed part is ignored, as in GCC. */
static void parse_colors(const char *text)
{
	while (*text) {
		size_t name = strcspn(text, "=:");
		const char *value = text + name + 1;
		size_t length;

		if (text[name] != '=')
			return;
		length = strspn(value, "0123456789;");
		if (value[length] && value[length] != ':')
			return;
		set_color(text, name, value, length);
		text = value + length + (value[length] == ':');
	}
}

/* Decided anew for each line: there are few, and the stream is what it is then. */
static bool want_colors(FILE *stream)
{
	const char *terminal = getenv("TERM");
	const char *off = getenv("NO_COLOR");
	const char *wanted = getenv("GCC_COLORS");

	if ((off && *off) || !terminal || !strcmp(terminal, "dumb") ||
	    !isatty(fileno(stream)) || (wanted && !*wanted))
		return false;
	if (wanted)
		parse_colors(wanted);
	return true;
}

static void put_colored(FILE *line, bool colored, int color, const char *text,
			size_t length)
{
	if (colored && *colors[color].value)
		fprintf(line, "\033[%sm\033[K%.*s" COLOR_END, colors[color].value,
			(int)length, text);
	else
		fprintf(line, "%.*s", (int)length, text);
}

/* A quote ends at the next such mark that no letter follows: not in "it's". */
static const char *end_of_quote(const char *start, char mark)
{
	const char *end = start;

	do
		end = strchr(end + 1, mark);
	while (end && isalnum((unsigned char)end[1]));
	return end;
}

static void put_text(FILE *line, bool colored, const char *text)
{
	for (const char *p = text; *p; p++) {
		bool opens = (*p == '\'' || *p == '`') &&
			     (p == text || !isalnum((unsigned char)p[-1]));
		const char *end = opens ? end_of_quote(p, *p) : NULL;

		fputc(*p, line);
		if (!end)
			continue;
		put_colored(line, colored, QUOTE, p + 1, (size_t)(end - p - 1));
		fputc(*end, line);
		p = end;
	}
}

/* The word between the program and the text: the name of its colour. */
static void put_kind(FILE *line, bool colored, enum klpcc_message_kind kind)
{
	static const int color_of[] = {
		[KLPCC_MESSAGE_NOTE] = NOTE,
		[KLPCC_MESSAGE_WARNING] = WARNING,
		[KLPCC_MESSAGE_ERROR] = ERROR,
	};
	char word[16];

	if (kind == KLPCC_MESSAGE_PLAIN)
		return;
	snprintf(word, sizeof(word), "%s: ", colors[color_of[kind]].name);
	put_colored(line, colored, color_of[kind], word, strlen(word));
}

static void put_line(FILE *line, bool colored, const char *about,
		     enum klpcc_message_kind kind, const char *text)
{
	char *locus;

	if (asprintf(&locus, "%s:", about) < 0)
		return;
	put_colored(line, colored, LOCUS, locus, strlen(locus));
	free(locus);
	fputc(' ', line);
	put_kind(line, colored, kind);
	put_text(line, colored, text);
	fputc('\n', line);
}

void klpcc_print_line(FILE *stream, const char *about, enum klpcc_message_kind kind,
		      const char *text)
{
	char *name = klpcc_printable(about), *shown = klpcc_printable(text), *line = NULL;
	FILE *memory;
	size_t size;

	memory = name && shown ? open_memstream(&line, &size) : NULL;
	if (memory) {
		put_line(memory, want_colors(stream), name, kind, shown);
		fclose(memory);
	}
	fputs(line ? line : "klpcc: out of memory\n", stream);
	free(line);
	free(shown);
	free(name);
}

void klpcc_vmessage(enum klpcc_message_kind kind, const char *format, va_list args)
{
	char *text = NULL;

	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	klpcc_print_line(stderr, program, kind, text ? text : "out of memory");
	free(text);
}

void klpcc_message(enum klpcc_message_kind kind, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	klpcc_vmessage(kind, format, args);
	va_end(args);
}
