// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JSON of klpcc show: see json.h. klpcc-show(1) describes what is printed.
 */
#include "json.h"

#include "show-private.h"

#define SCHEMA_VERSION 1

bool klpcc_show_begin_object(FILE *stream, struct json_object *facts)
{
	size_t length;
	const char *text =
		facts ? json_object_to_json_string_length(
				facts,
				JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE,
				&length)
		      : NULL;

	/* Without the last brace: the lists follow. */
	if (text)
		fwrite(text, 1, length - 1, stream);
	json_object_put(facts);
	return text;
}

void klpcc_show_begin_list(FILE *stream, const char *key)
{
	fprintf(stream, ",\n\"%s\":[\n", key);
}

bool klpcc_show_put_item(FILE *stream, struct json_object *item, bool first)
{
	size_t length;
	const char *text =
		item ? json_object_to_json_string_length(
			       item,
			       JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE,
			       &length)
		     : NULL;

	if (text && !first)
		fputs(",\n", stream);
	if (text)
		fwrite(text, 1, length, stream);
	json_object_put(item);
	return text;
}

void klpcc_show_end_list(FILE *stream)
{
	fputs("\n]", stream);
}

void klpcc_show_end_object(FILE *stream)
{
	fputs("}", stream);
}

void klpcc_show_begin(const struct klpcc_show_options *options, FILE *stream)
{
	if (options->format == KLPCC_SHOW_JSON)
		fprintf(stream, "{\"version\":%d,\n\"files\":[\n", SCHEMA_VERSION);
}

void klpcc_show_next(const struct klpcc_show_options *options, FILE *stream)
{
	fputs(options->format == KLPCC_SHOW_JSON ? ",\n" : "\n", stream);
}

void klpcc_show_end(const struct klpcc_show_options *options, FILE *stream)
{
	if (options->format == KLPCC_SHOW_JSON)
		fputs("\n]}\n", stream);
}
