// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Verdicts as JSON: see json.h.
 */
#include "json.h"

#include <string.h>

#include "../lib/json.h"

#define SCHEMA_VERSION 1

static struct json_object *finding_object(const struct klpcc_finding *finding)
{
	static const char *const kinds[] = {
		[KLPCC_FINDING_FAILS] = "fails",
		[KLPCC_FINDING_UNSURE] = "unsure",
		[KLPCC_FINDING_WARNING] = "warning",
		[KLPCC_FINDING_NOTE] = "note",
	};
	static const char *const stages[] = {
		[KLPCC_STAGE_LOAD] = "load",     [KLPCC_STAGE_ENABLE] = "enable",
		[KLPCC_STAGE_TARGET] = "target", [KLPCC_STAGE_COMING] = "coming",
		[KLPCC_STAGE_RUN] = "run",
	};
#define NAME(constant, name, help) [KLPCC_CHECK_##constant] = name,
	static const char *const checks[] = { KLPCC_VERIFY_CHECK_LIST(NAME) };
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "kind", kinds[finding->kind]) &&
	    klpcc_json_add_text(json, "stage", stages[finding->stage]) &&
	    klpcc_json_add_text(json, "target", finding->target) &&
	    klpcc_json_add_text(json, "check", checks[finding->check]) &&
	    klpcc_json_add_text(json, "section", finding->section) &&
	    (finding->entry == KLPCC_NO_ENTRY ||
	     klpcc_json_add_number(json, "entry", finding->entry)) &&
	    klpcc_json_add_text(json, "symbol", finding->symbol) &&
	    klpcc_json_add_text(json, "source", finding->source) &&
	    klpcc_json_add_text(json, "text", finding->text))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *findings_array(const struct klpcc_verify_result *result)
{
	struct json_object *array = json_object_new_array();

	for (size_t i = 0; array && i < result->count; i++) {
		if (klpcc_json_append(array, finding_object(&result->findings[i])))
			continue;
		json_object_put(array);
		return NULL;
	}
	return array;
}

static bool add_result(struct json_object *json, const struct klpcc_verify_result *result)
{
	static const char *const verdicts[] = {
		[KLPCC_VERDICT_LOADS] = "loads",
		[KLPCC_VERDICT_REFUSED] = "refused",
		[KLPCC_VERDICT_UNKNOWN] = "unknown",
	};

	return klpcc_json_add_text(json, "verdict", verdicts[result->verdict]) &&
	       klpcc_json_add_text(json, "form", result->form) &&
	       klpcc_json_add_number(json, "relocations", result->relocations) &&
	       klpcc_json_add_number(json, "functions", result->functions) &&
	       klpcc_json_add_number(json, "objects", result->objects) &&
	       klpcc_json_add(json, "findings", findings_array(result));
}

static struct json_object *cell_object(const struct klpcc_verify_cell *cell)
{
	const char *release = klpcc_index_release(cell->kernel->index);
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "module", cell->path) &&
	    klpcc_json_add_text(json, "kernel", *release ? release : NULL) &&
	    klpcc_json_add_text(json, "index", cell->kernel->path) &&
	    (cell->err ? klpcc_json_add_text(json, "error", cell->err->message)
		       : add_result(json, &cell->result)))
		return json;
	json_object_put(json);
	return NULL;
}

static bool print_cell(FILE *stream, const struct klpcc_verify_cell *cell)
{
	struct json_object *json = cell_object(cell);
	const char *text = json ? json_object_to_json_string_ext(
					  json, JSON_C_TO_STRING_PRETTY |
							JSON_C_TO_STRING_NOSLASHESCAPE)
				: NULL;
	size_t length = text ? strlen(text) : 0;
	size_t explained = cell->explained_size;

	if (!text) {
		json_object_put(json);
		return false;
	}
	if (!cell->explained || cell->err) {
		fputs(text, stream);
	} else {
		/* Without the last brace, and of the explanations without the last comma. */
		fprintf(stream, "%.*s,\n  \"explanations\":[\n", (int)length - 2, text);
		fwrite(cell->explained, 1, explained ? explained - 2 : 0, stream);
		fputs("\n  ]\n}", stream);
	}
	json_object_put(json);
	return true;
}

struct klpcc_error *klpcc_verify_print_json(FILE *stream,
					    const struct klpcc_verify_grid *grid)
{
	size_t count = grid->kernel_count * grid->module_count;

	fprintf(stream, "{\n\"version\":%d,\n\"results\":[\n", SCHEMA_VERSION);
	for (size_t i = 0; i < count; i++) {
		if (!print_cell(stream, &grid->cells[i]))
			return klpcc_error_nomem();
		fputs(i + 1 < count ? ",\n" : "\n", stream);
	}
	fputs("]\n}\n", stream);
	return NULL;
}
