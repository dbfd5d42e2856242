// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JSON of klpcc show: see json.h. klpcc-show(1) describes what is printed.
 */
#include "json.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/printable.h"
#include "show-private.h"

#define SCHEMA_VERSION 1

/* ---- members --------------------------------------------------------------------------- */

bool klpcc_show_add_value(struct json_object *json, const char *key,
			  struct json_object *value)
{
	if (value && !json_object_object_add(json, key, value))
		return true;
	json_object_put(value);
	return false;
}

/* Text from files may be anything, and JSON is UTF-8. */
bool klpcc_show_add_text(struct json_object *json, const char *key, const char *text)
{
	char *shown;
	bool added;

	if (!text)
		return true;
	shown = klpcc_printable(text);
	added = shown && klpcc_show_add_value(json, key, json_object_new_string(shown));
	free(shown);
	return added;
}

bool klpcc_show_add_span(struct json_object *json, const char *key,
			 struct klpcc_span span)
{
	char *text;
	bool added;

	if (!span.start)
		return true;
	text = strndup(span.start, span.len);
	added = text && klpcc_show_add_text(json, key, text);
	free(text);
	return added;
}

bool klpcc_show_add_number(struct json_object *json, const char *key, uint64_t number)
{
	return klpcc_show_add_value(json, key, json_object_new_uint64(number));
}

bool klpcc_show_add_flag(struct json_object *json, const char *key, bool flag)
{
	return klpcc_show_add_value(json, key, json_object_new_boolean(flag));
}

/* ---- lists ----------------------------------------------------------------------------- */

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
