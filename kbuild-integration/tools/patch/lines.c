// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Line numbers of a changed source: see lines.h.
 */
#include "lines.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/file.h"
#include "../lib/run.h"

/* ---- where a directive may be ----------------------------------------------------------- */

struct scanner {
	bool in_comment; /* of several lines */
	bool continued;  /* the line before ends with a backslash */
};

/* Skips a string or a character constant, which begins at text; both end with their line. */
static const char *skip_quoted(const char *text, const char *end)
{
	const char quote = *text++;

	while (text < end && *text != quote)
		text += *text == '\\' && text + 1 < end ? 2 : 1;
	return text < end ? text + 1 : end;
}

static void scan_line(struct scanner *scanner, const char *text, const char *end)
{
	while (text < end) {
		if (scanner->in_comment) {
			if (text[0] == '*' && text + 1 < end && text[1] == '/') {
				scanner->in_comment = false;
				text++;
			}
			text++;
		} else if (text[0] == '/' && text + 1 < end && text[1] == '*') {
			scanner->in_comment = true;
			text += 2;
		} else if (text[0] == '/' && text + 1 < end && text[1] == '/') {
			break;
		} else if (*text == '"' || *text == '\'') {
			text = skip_quoted(text, end);
		} else {
			text++;
		}
	}
}

/* ---- hunks ------------------------------------------------------------------------------ */

struct hunk {
	/* Of the original: the first line that it changes, and the one that follows them. */
	unsigned long first, original;
	unsigned long changed; /* what follows in the changed source */
};

/* "@@ -A[,B] +C[,D] @@"; false for any other line. */
static bool parse_hunk(const char *line, struct hunk *ret)
{
	unsigned long old, old_count = 1, new, new_count = 1;
	char *end;

	if (strncmp(line, "@@ -", 4))
		return false;
	old = strtoul(line + 4, &end, 10);
	if (*end == ',')
		old_count = strtoul(end + 1, &end, 10);
	if (strncmp(end, " +", 2))
		return false;
	new = strtoul(end + 2, &end, 10);
	if (*end == ',')
		new_count = strtoul(end + 1, &end, 10);
	/* Without lines a hunk names the line before it. */
	ret->first = old_count ? old : old + 1;
	ret->original = ret->first + old_count;
	ret->changed = new_count ? new + new_count : new + 1;
	return true;
}

/* Finds the next hunk from *hunks on, and moves that behind it. */
static bool next_hunk(const char **hunks, struct hunk *ret)
{
	bool found = false;

	while (!found && **hunks) {
		const char *end = strchr(*hunks, '\n');

		found = parse_hunk(*hunks, ret);
		*hunks = end ? end + 1 : *hunks + strlen(*hunks);
	}
	return found;
}

/* ---- all of it -------------------------------------------------------------------------- */

static void write_lines(FILE *stream, const char *hunks, const char *text)
{
	struct scanner scanner = { .in_comment = false };
	struct hunk hunk;
	bool pending = false, more = next_hunk(&hunks, &hunk);
	unsigned long original = 1;

	for (unsigned long line = 1; *text; line++, original++) {
		const char *end = strchr(text, '\n');

		end = end ? end + 1 : text + strlen(text);
		while (more && line == hunk.changed) {
			original = hunk.original;
			pending = true;
			more = next_hunk(&hunks, &hunk);
		}
		if (pending && !scanner.in_comment && !scanner.continued) {
			fprintf(stream, "#line %lu\n", original);
			pending = false;
		}
		fwrite(text, 1, (size_t)(end - text), stream);
		scan_line(&scanner, text, end);
		scanner.continued = end - text > 1 && end[-1] == '\n' && end[-2] == '\\';
		text = end;
	}
}

/* As a string of C. */
static void write_name(FILE *stream, const char *name)
{
	fputs("#line 1 \"", stream);
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			putc('\\', stream);
		putc(*name, stream);
	}
	fputs("\"\n", stream);
}

static struct klpcc_error *number_lines(const char *hunks, const char *changed,
					const char *name, char **ret)
{
	size_t size;
	FILE *stream = open_memstream(ret, &size);

	if (!stream)
		return klpcc_error_nomem();
	write_name(stream, name);
	write_lines(stream, hunks, changed);
	if (!fclose(stream))
		return NULL;
	free(*ret);
	*ret = NULL;
	return klpcc_error_nomem();
}

bool klpcc_lines_touch(const char *hunks, unsigned long first, unsigned long last)
{
	struct hunk hunk;

	while (next_hunk(&hunks, &hunk))
		if (hunk.first <= last && hunk.original > first)
			return true;
	return false;
}

/* git says with its status whether there is a difference. */
struct klpcc_error *klpcc_lines_read_hunks(const char *original, const char *changed,
					   char **ret)
{
	const char *argv[] = {
		"sh",
		"-c",
		"git diff --no-index --no-color --no-ext-diff -U0 -- \"$1\" \"$2\"; [ $? -le 1 ]",
		"sh",
		original,
		changed,
		NULL
	};
	struct klpcc_run run = { .argv = argv };
	struct klpcc_buffer output;
	struct klpcc_error *err = klpcc_run_read(&run, &output);

	if (err)
		return err;
	*ret = output.size ? strndup((const char *)output.data, output.size) : strdup("");
	klpcc_buffer_deinit(&output);
	return *ret ? NULL : klpcc_error_nomem();
}

struct klpcc_error *klpcc_lines_keep(const char *original, const char *changed,
				     const char *name, const char *output)
{
	char *hunks = NULL, *text = NULL, *numbered = NULL;
	struct klpcc_error *err;

	err = klpcc_lines_read_hunks(original, changed, &hunks);
	if (!err)
		err = klpcc_file_read_text(changed, &text);
	if (!err)
		err = number_lines(hunks, text, name, &numbered);
	if (!err)
		err = klpcc_file_write_text(output, numbered);
	free(hunks);
	free(text);
	free(numbered);
	return err;
}
