// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What each relocation resolves to: see explain.h.
 *
 * Written at once, as text: there may be a million of them.
 */
#include "explain.h"

#include <stdio.h>
#include <stdlib.h>

#include "../lib/json.h"
#include "../lib/printable.h"

static void describe(FILE *line, const struct klpcc_explanation *what)
{
	fprintf(line, "%s+0x%llx: %s: '%s'", what->section,
		(unsigned long long)what->offset,
		what->type ? what->type : "unknown type", what->symbol);
	if (what->object)
		fprintf(line, " of %s", what->object);
	if (what->sympos)
		fprintf(line, ", number %u of that name", what->sympos);
	if (what->has_address)
		fprintf(line, " at 0x%llx", (unsigned long long)what->address);
	if (what->export_)
		fputs(", an export", line);
	if (what->gate)
		fprintf(line, ", when %s is there", what->gate);
	if (what->source)
		fprintf(line, " (%s)", what->source);
}

struct klpcc_error *klpcc_explain_text(void *stream, const struct klpcc_explanation *what)
{
	char *text = NULL, *shown;
	size_t size;
	FILE *line = open_memstream(&text, &size);

	if (!line)
		return klpcc_error_nomem();
	describe(line, what);
	shown = !fclose(line) ? klpcc_printable(text) : NULL;
	free(text);
	if (!shown)
		return klpcc_error_nomem();
	fprintf(stream, "%s\n", shown);
	free(shown);
	return NULL;
}

struct klpcc_error *klpcc_explain_json(void *stream, const struct klpcc_explanation *what)
{
	struct json_object *json = json_object_new_object();
	/* Text: readers with floating point lose digits of a number that large. */
	char address[2 + 16 + 1];
	bool good;

	snprintf(address, sizeof(address), "0x%llx", (unsigned long long)what->address);
	good = json && klpcc_json_add_text(json, "section", what->section) &&
	       klpcc_json_add_number(json, "offset", what->offset) &&
	       klpcc_json_add_text(json, "type", what->type) &&
	       klpcc_json_add_text(json, "symbol", what->symbol) &&
	       klpcc_json_add_text(json, "object", what->object) &&
	       klpcc_json_add_number(json, "sympos", what->sympos) &&
	       klpcc_json_add_text(json, "gate", what->gate) &&
	       klpcc_json_add_flag(json, "export", what->export_) &&
	       klpcc_json_add_text(json, "address", what->has_address ? address : NULL) &&
	       klpcc_json_add_text(json, "source", what->source);

	if (good)
		fprintf(stream, "%s,\n",
			json_object_to_json_string_ext(json,
						       JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(json);
	return good ? NULL : klpcc_error_nomem();
}
