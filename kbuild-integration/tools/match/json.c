// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Verdicts on files as JSON; klpcc-match(1) has the members.
 */
#include "../lib/json.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/printable.h"
#include "batch.h"

#define SCHEMA_VERSION 1

static const char *const state_names[] = {
	[KLPCC_MATCH_SAME] = "same",
	[KLPCC_MATCH_WEAK] = "weak",
	[KLPCC_MATCH_ABSENT] = "absent",
	[KLPCC_MATCH_DIFFERENT] = "different",
};

static bool add_place(struct json_object *json, const struct klpcc_match_symbol *symbol)
{
	char address[32];

	if (!symbol->named)
		return true;
	snprintf(address, sizeof(address), "0x%llx", (unsigned long long)symbol->address);
	return klpcc_json_add_text(json, "address", address) &&
	       klpcc_json_add_text(json, "section", symbol->section) &&
	       klpcc_json_add_number(json, "sympos", symbol->sympos) &&
	       klpcc_json_add_flag(json, "init", symbol->init);
}

static struct json_object *symbol_object(const struct klpcc_match_symbol *symbol)
{
	struct json_object *json = json_object_new_object();
	const char *binding = symbol->binding == STB_LOCAL  ? "local"
			      : symbol->binding == STB_WEAK ? "weak"
							    : "global";

	if (json && klpcc_json_add_text(json, "name", symbol->name) &&
	    klpcc_json_add_text(json, "kind", symbol->function ? "function" : "object") &&
	    klpcc_json_add_text(json, "binding", binding) &&
	    klpcc_json_add_text(json, "verdict", state_names[symbol->state]) &&
	    klpcc_json_add_number(json, "size", symbol->size) &&
	    add_place(json, symbol) &&
	    klpcc_json_add_text(json, "difference", symbol->difference) &&
	    klpcc_json_add_text(json, "code", symbol->code))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *symbols_array(const struct klpcc_match_result *result)
{
	struct json_object *array = json_object_new_array();

	for (size_t i = 0; array && i < result->symbol_count; i++) {
		if (klpcc_json_append(array, symbol_object(&result->symbols[i])))
			continue;
		json_object_put(array);
		return NULL;
	}
	return array;
}

static struct json_object *others_array(const struct klpcc_match_result *result)
{
	struct json_object *array = json_object_new_array();

	for (size_t i = 0; array && i < result->other_count; i++) {
		char *shown = klpcc_printable(result->others[i]);
		bool added =
			shown && klpcc_json_append(array, json_object_new_string(shown));

		free(shown);
		if (added)
			continue;
		json_object_put(array);
		return NULL;
	}
	return array;
}

static struct json_object *counts_object(const struct klpcc_match_result *result)
{
	struct json_object *json = json_object_new_object();

	for (size_t i = 0; json && i < KLPCC_MATCH_STATES; i++) {
		if (klpcc_json_add_number(json, state_names[i], result->functions[i]))
			continue;
		json_object_put(json);
		return NULL;
	}
	return json;
}

static bool add_result(struct json_object *json, const struct klpcc_match_result *result)
{
	return klpcc_json_add_text(json, "verdict",
				   result->matches ? "matches" : "differs") &&
	       klpcc_json_add_text(json, "object", result->object) &&
	       klpcc_json_add(json, "functions", counts_object(result)) &&
	       klpcc_json_add(json, "symbols", symbols_array(result)) &&
	       klpcc_json_add(json, "others", others_array(result));
}

static struct json_object *job_object(const struct klpcc_match_job *job,
				      const char *release)
{
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "file", job->name) &&
	    klpcc_json_add_text(json, "kernel", release) &&
	    (job->err ? klpcc_json_add_text(json, "error", job->err->message)
		      : add_result(json, &job->result)))
		return json;
	json_object_put(json);
	return NULL;
}

struct klpcc_error *klpcc_match_print_json(FILE *stream,
					   const struct klpcc_match_batch *batch)
{
	const char *release = klpcc_index_release(batch->kernel->index);

	fprintf(stream, "{\n\"version\":%d,\n\"results\":[\n", SCHEMA_VERSION);
	for (size_t i = 0; i < batch->count; i++) {
		struct json_object *json = job_object(&batch->jobs[i], release);
		const char *text =
			json ? json_object_to_json_string_ext(
				       json, JSON_C_TO_STRING_PRETTY |
						     JSON_C_TO_STRING_NOSLASHESCAPE)
			     : NULL;

		if (!text) {
			json_object_put(json);
			return klpcc_error_nomem();
		}
		fprintf(stream, "%s%s\n", text, i + 1 < batch->count ? "," : "");
		json_object_put(json);
	}
	fputs("]\n}\n", stream);
	return NULL;
}
