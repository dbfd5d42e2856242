// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a change alters, for people and as JSON; klpcc-match(1) has the members.
 */
#include <stdlib.h>

#include "../lib/json.h"
#include "../lib/message.h"
#include "../lib/table.h"
#include "against.h"

#define SCHEMA_VERSION 1

static const char *const state_names[] = {
	[KLPCC_AGAINST_SAME] = "same",
	[KLPCC_AGAINST_CHANGED] = "changed",
	[KLPCC_AGAINST_NEW] = "new",
	[KLPCC_AGAINST_GONE] = "gone",
};

/* ---- text ------------------------------------------------------------------------------ */

/* Those that are not the same, which the table has a row for. */
struct rows {
	const struct klpcc_against_symbol **entries;
	size_t count;
};

static void fill_row(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct rows *rows = arg;
	const struct klpcc_against_symbol *symbol = rows->entries[number];

	klpcc_row_string(row, symbol->name);
	klpcc_row_end_cell(row);
	klpcc_row_string(row, symbol->function ? "function" : "variable");
	klpcc_row_end_cell(row);
	klpcc_row_string(row, state_names[symbol->state]);
	klpcc_row_end_cell(row);
	if (symbol->difference)
		klpcc_row_string(row, symbol->difference);
	klpcc_row_end_cell(row);
}

static struct klpcc_error *print_rows(FILE *stream, const struct rows *rows)
{
	static const struct klpcc_column columns[] = {
		{ .head = "name" },
		{ .head = "kind" },
		{ .head = "verdict" },
		{ .head = "difference" },
	};
	const struct klpcc_table table = {
		.columns = columns,
		.column_count = sizeof(columns) / sizeof(columns[0]),
		.row_count = rows->count,
		.fill = fill_row,
		.arg = rows,
	};

	return klpcc_table_print(&table, stream);
}

static struct klpcc_error *print_text(FILE *stream, const struct klpcc_against *against,
				      const char *name)
{
	struct rows rows = { calloc(against->others + 1, sizeof(*rows.entries)), 0 };
	struct klpcc_error *err;
	char *text;

	if (!rows.entries)
		return klpcc_error_nomem();
	for (size_t i = 0; i < against->count; i++)
		if (against->symbols[i].state != KLPCC_AGAINST_SAME)
			rows.entries[rows.count++] = &against->symbols[i];
	err = print_rows(stream, &rows);
	free(rows.entries);
	if (err)
		return err;
	if (asprintf(&text, "%zu functions and variables are the same, %zu are not",
		     against->same, against->others) < 0)
		return klpcc_error_nomem();
	klpcc_print_line(stream, name, KLPCC_MESSAGE_PLAIN, text);
	free(text);
	return NULL;
}

/* ---- JSON ------------------------------------------------------------------------------ */

static struct json_object *symbol_object(const struct klpcc_against_symbol *symbol)
{
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "name", symbol->name) &&
	    klpcc_json_add_text(json, "kind", symbol->function ? "function" : "object") &&
	    klpcc_json_add_text(json, "verdict", state_names[symbol->state]) &&
	    klpcc_json_add_text(json, "difference", symbol->difference))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *symbols_array(const struct klpcc_against *against)
{
	struct json_object *array = json_object_new_array();

	for (size_t i = 0; array && i < against->count; i++) {
		if (klpcc_json_append(array, symbol_object(&against->symbols[i])))
			continue;
		json_object_put(array);
		return NULL;
	}
	return array;
}

static struct klpcc_error *print_json(FILE *stream, const struct klpcc_against *against,
				      const char *name)
{
	struct json_object *json = json_object_new_object();
	const char *text = NULL;

	if (json && klpcc_json_add_number(json, "version", SCHEMA_VERSION) &&
	    klpcc_json_add_text(json, "file", name) &&
	    klpcc_json_add(json, "symbols", symbols_array(against)))
		text = json_object_to_json_string_ext(
			json, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE);
	if (text)
		fprintf(stream, "%s\n", text);
	json_object_put(json);
	return text ? NULL : klpcc_error_nomem();
}

struct klpcc_error *klpcc_against_print(FILE *stream, const struct klpcc_against *against,
					const char *name, bool json)
{
	return json ? print_json(stream, against, name)
		    : print_text(stream, against, name);
}
