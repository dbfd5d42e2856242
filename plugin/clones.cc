// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Clones: see clones.h.
 *
 * GCC says so itself, in the file of -fdump-ipa-clones. It writes that file whenever there is a
 * stream for it, and only then takes notes; the code is the same. So a stream into memory is put
 * in its place. Anything else would be a guess: the early inliner leaves no trace in the call
 * graph, and no hook is called when the last user of a function takes it over.
 *
 * A line is "Callgraph clone;FROM;ORDER;FILE;LINE;COLUMN;TO;ORDER;FILE;LINE;COLUMN;REASON", made
 * by dump_callgraph_transformation () of gcc/cgraph.cc.
 */
#include "clones.h"

#define CLONE "Callgraph clone"
#define INLINED "inlining to"

static FILE *stream; /* into text */
static char *text;
static size_t length;
static FILE *asked_for; /* of -fdump-ipa-clones */

void klpcc_clones_start(void)
{
	stream = open_memstream(&text, &length);
	if (!stream)
		xmalloc_failed(0);
	asked_for = symtab->ipa_clones_dump_file;
	symtab->ipa_clones_dump_file = stream;
}

/* GCC closes the stream when all functions are compiled. The dump that was asked for is as ever. */
static void take_text(void)
{
	if (symtab->ipa_clones_dump_file == stream) {
		fclose(stream);
		symtab->ipa_clones_dump_file = NULL;
	}
	if (asked_for) {
		fwrite(text, 1, length, asked_for);
		fclose(asked_for);
	}
}

static bool is_number(const char *field)
{
	return *field && !field[strspn(field, "0123456789")];
}

/* Cuts the line in place. */
static void split_line(char *line, vec<char *> *fields)
{
	for (char *at = line; at; fields->safe_push(line), line = at) {
		at = strchr(line, ';');
		if (at)
			*at++ = '\0';
	}
}

/* Which field is TO. File names may contain semicolons, the names of functions do not. */
static unsigned int find_to(const vec<char *> &fields)
{
	for (unsigned int i = 6; i + 5 < fields.length(); i++)
		if (is_number(fields[i - 2]) && is_number(fields[i - 1]) &&
		    is_number(fields[i + 1]))
			return i;
	return 0;
}

static bool parse_line(char *line, struct klpcc_transformation *ret)
{
	auto_vec<char *> fields;
	unsigned int to;

	split_line(line, &fields);
	to = find_to(fields);
	if (!to)
		return false;
	ret->from = targetm.strip_name_encoding(fields[1]);
	ret->to = targetm.strip_name_encoding(fields[to]);
	ret->inlined = !strcmp(fields[fields.length() - 1], INLINED);
	return true;
}

bool klpcc_clones_finish(vec<struct klpcc_transformation> *ret, const char **line)
{
	hash_set<free_string_hash> known;
	char *rest, *next;

	take_text();
	for (next = strtok_r(text, "\n", &rest); next;
	     next = strtok_r(NULL, "\n", &rest)) {
		struct klpcc_transformation transformation;
		char *whole;

		if (!startswith(next, CLONE ";"))
			continue;
		whole = xstrdup(next);
		if (!parse_line(next, &transformation)) {
			*line = whole;
			return false;
		}
		free(whole);
		whole = concat(transformation.inlined ? "i;" : "c;", transformation.from,
			       ";", transformation.to, NULL);
		if (known.add(whole))
			free(whole);
		else
			ret->safe_push(transformation);
	}
	return true;
}
