// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a livepatch replaces, for people and as JSON; klpcc-patch(1) has the members.
 */
#include <stdlib.h>

#include "../lib/json.h"
#include "../lib/table.h"
#include "patch.h"

#define SCHEMA_VERSION 1

/* ---- text ------------------------------------------------------------------------------ */

/* A choice of a unit. */
static const struct klpcc_patch_choice *find_row(const struct klpcc_patch *patch,
						 size_t number,
						 const struct klpcc_patch_unit **ret)
{
	const struct klpcc_patch_unit *unit = patch->units;

	for (; number >= unit->choice_count; unit++)
		number -= unit->choice_count;
	*ret = unit;
	return &unit->choices[number];
}

static void fill_row(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct klpcc_patch_unit *unit;
	const struct klpcc_patch_choice *choice = find_row(arg, number, &unit);

	klpcc_row_string(row, choice->name);
	klpcc_row_end_cell(row);
	klpcc_row_string(row, unit->object);
	klpcc_row_end_cell(row);
	klpcc_row_string(row, unit->source);
	klpcc_row_end_cell(row);
	klpcc_row_string(row, choice->why);
	klpcc_row_end_cell(row);
}

struct klpcc_error *klpcc_patch_print(FILE *stream, const struct klpcc_patch *patch)
{
	static const struct klpcc_column columns[] = {
		{ .head = "replaces" },
		{ .head = "object" },
		{ .head = "file" },
		{ .head = "why" },
	};
	struct klpcc_table table = {
		.columns = columns,
		.column_count = sizeof(columns) / sizeof(columns[0]),
		.fill = fill_row,
		.arg = patch,
	};

	for (size_t i = 0; i < patch->unit_count; i++)
		table.row_count += patch->units[i].choice_count;
	return klpcc_table_print(&table, stream);
}

/* ---- JSON ------------------------------------------------------------------------------ */

static struct json_object *make_function(const void *data, size_t number)
{
	const struct klpcc_patch_unit *unit = data;
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "name", unit->choices[number].name) &&
	    klpcc_json_add_number(json, "sympos", unit->positions[number]) &&
	    klpcc_json_add_text(json, "why", unit->choices[number].why))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *make_file(const void *data, size_t number)
{
	const struct klpcc_patch_unit *unit =
		&((const struct klpcc_patch *)data)->units[number];
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "file", unit->source) &&
	    klpcc_json_add_text(json, "object", unit->object) &&
	    klpcc_json_add(json, "functions",
			   klpcc_json_array(unit->choice_count, make_function, unit)))
		return json;
	json_object_put(json);
	return NULL;
}

struct klpcc_error *klpcc_patch_print_json(FILE *stream, const struct klpcc_patch *patch)
{
	struct json_object *json = json_object_new_object();
	bool good = json && klpcc_json_add_number(json, "version", SCHEMA_VERSION) &&
		    klpcc_json_add_text(json, "release", patch->release) &&
		    klpcc_json_add_text(json, "module", patch->module) &&
		    klpcc_json_add(json, "files",
				   klpcc_json_array(patch->unit_count, make_file, patch));

	if (good)
		fprintf(stream, "%s\n",
			json_object_to_json_string_ext(
				json, JSON_C_TO_STRING_PRETTY |
					      JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(json);
	return good ? NULL : klpcc_error_nomem();
}
