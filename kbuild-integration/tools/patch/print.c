// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a livepatch replaces, for people and as JSON; klpcc-patch(1) has the members.
 */
#include <stdlib.h>

#include "../lib/json.h"
#include "../lib/printable.h"
#include "../lib/table.h"
#include "callbacks.h"
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
	if (choice->differs && !choice->lines_changed)
		klpcc_row_string(row, ", none of its lines does");
	klpcc_row_end_cell(row);
}

/* A callback of a unit. */
static const char *find_callback(const struct klpcc_patch *patch, size_t number,
				 const struct klpcc_patch_unit **ret)
{
	const struct klpcc_patch_unit *unit = patch->units;
	size_t kind = 0;

	for (; number >= klpcc_callbacks_count(unit->callbacks); unit++)
		number -= klpcc_callbacks_count(unit->callbacks);
	for (; !unit->callbacks[kind] || number; kind++)
		number -= unit->callbacks[kind] != NULL;
	*ret = unit;
	return klpcc_callbacks_kinds[kind];
}

static void fill_callback(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct klpcc_patch_unit *unit;

	klpcc_row_string(row, find_callback(arg, number, &unit));
	klpcc_row_end_cell(row);
	klpcc_row_string(row, unit->object);
	klpcc_row_end_cell(row);
	klpcc_row_string(row, unit->source);
	klpcc_row_end_cell(row);
}

/* functions: how many a table above this one has. */
static struct klpcc_error *print_callbacks(FILE *stream, const struct klpcc_patch *patch,
					   size_t functions)
{
	static const struct klpcc_column columns[] = {
		{ .head = "callback" },
		{ .head = "object" },
		{ .head = "file" },
	};
	struct klpcc_table table = {
		.columns = columns,
		.column_count = sizeof(columns) / sizeof(columns[0]),
		.fill = fill_callback,
		.arg = patch,
	};

	for (size_t i = 0; i < patch->unit_count; i++)
		table.row_count += klpcc_callbacks_count(patch->units[i].callbacks);
	if (table.row_count && functions)
		fputc('\n', stream);
	return klpcc_table_print(&table, stream);
}

static double total_time(const struct klpcc_patch *patch)
{
	double total = 0;

	for (int i = 0; i < KLPCC_PATCH_PHASES; i++)
		total += patch->seconds[i];
	return total;
}

static void print_number(FILE *stream, size_t number, const char *what)
{
	fprintf(stream, "%zu %s%s", number, what, number == 1 ? "" : "s");
}

static void print_path(FILE *stream, const char *before, const char *path,
		       const char *after)
{
	char *shown = klpcc_printable(path);

	fprintf(stream, "%s%s%s", before, shown ? shown : "?", after);
	free(shown);
}

/* Below the first line of a fact. */
#define INDENT "                         "

/* Of a module that was made. */
static void print_summary(FILE *stream, const struct klpcc_patch *patch)
{
	fputs("\n  takes from the kernel  ", stream);
	print_number(stream, patch->exported + patch->unexported, "symbol");
	fprintf(stream, ": %zu exported, %zu not\n  proved                 ",
		patch->exported, patch->unexported);
	print_number(stream, patch->unit_count, "file");
	fputs(" with ", stream);
	print_number(stream, patch->proved, "function");
	fputs(", byte for byte what the kernel has\n  verified               ", stream);
	print_number(stream, patch->relocations, "relocation");
	fprintf(stream, ", patch table, imports: %s\n",
		patch->doubt ? "it cannot be told whether it loads" : "it loads");
	fprintf(stream, "  time                   %.1f s:", total_time(patch));
	for (int i = 0; i < KLPCC_PATCH_PHASES; i++)
		fprintf(stream, "%s %s %.1f", i ? "," : "",
			klpcc_patch_phase_name((enum klpcc_patch_phase)i),
			patch->seconds[i]);
	for (size_t i = 0; i < patch->left_count; i++) {
		print_path(stream, i ? "\n" INDENT : "\n  left out               ",
			   patch->left[i].file, ": ");
		fputs(patch->left[i].why, stream);
	}
	fputs("\n  next                   ", stream);
	/* It is loaded from beside the patch. */
	if (patch->resolver) {
		print_path(stream, "make -C ", patch->output, " klp-resolver\n");
		fputs(INDENT, stream);
	}
	print_path(stream, "klpcc load ", patch->module, "\n");
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
	struct klpcc_error *err;

	for (size_t i = 0; i < patch->unit_count; i++)
		table.row_count += patch->units[i].choice_count;
	err = klpcc_table_print(&table, stream);
	if (!err)
		err = print_callbacks(stream, patch, table.row_count);
	if (!err && patch->module)
		print_summary(stream, patch);
	return err;
}

/* ---- JSON ------------------------------------------------------------------------------ */

static struct json_object *make_function(const void *data, size_t number)
{
	const struct klpcc_patch_unit *unit = data;
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "name", unit->choices[number].name) &&
	    klpcc_json_add_number(json, "sympos", unit->positions[number]) &&
	    klpcc_json_add_flag(json, "lines_changed",
				unit->choices[number].lines_changed) &&
	    klpcc_json_add_text(json, "why", unit->choices[number].why))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *make_callbacks(const struct klpcc_patch_unit *unit)
{
	struct json_object *json = json_object_new_array();

	for (size_t kind = 0; json && kind < KLPCC_CALLBACK_KINDS; kind++) {
		if (unit->callbacks[kind] &&
		    !klpcc_json_append(
			    json, json_object_new_string(klpcc_callbacks_kinds[kind]))) {
			json_object_put(json);
			json = NULL;
		}
	}
	return json;
}

static struct json_object *make_file(const void *data, size_t number)
{
	const struct klpcc_patch_unit *unit =
		&((const struct klpcc_patch *)data)->units[number];
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "file", unit->source) &&
	    klpcc_json_add_text(json, "object", unit->object) &&
	    klpcc_json_add(json, "functions",
			   klpcc_json_array(unit->choice_count, make_function, unit)) &&
	    klpcc_json_add(json, "callbacks", make_callbacks(unit)))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *make_left(const void *data, size_t number)
{
	const struct klpcc_patch *patch = data;
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "file", patch->left[number].file) &&
	    klpcc_json_add_text(json, "why", patch->left[number].why))
		return json;
	json_object_put(json);
	return NULL;
}

/* What is known of a module. */
static struct json_object *make_taken(const struct klpcc_patch *patch)
{
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_number(json, "exported", patch->exported) &&
	    klpcc_json_add_number(json, "unexported", patch->unexported))
		return json;
	json_object_put(json);
	return NULL;
}

/* Milliseconds are enough. */
static struct json_object *make_seconds(const struct klpcc_patch *patch)
{
	struct json_object *json = json_object_new_object();

	for (int i = 0; json && i < KLPCC_PATCH_PHASES; i++) {
		const char *name = klpcc_patch_phase_name((enum klpcc_patch_phase)i);
		char text[32];

		snprintf(text, sizeof(text), "%.3f", patch->seconds[i]);
		if (klpcc_json_add(json, name,
				   json_object_new_double_s(patch->seconds[i], text)))
			continue;
		json_object_put(json);
		json = NULL;
	}
	return json;
}

struct klpcc_error *klpcc_patch_print_json(FILE *stream, const struct klpcc_patch *patch)
{
	struct json_object *json = json_object_new_object();
	bool good =
		json && klpcc_json_add_number(json, "version", SCHEMA_VERSION) &&
		klpcc_json_add_text(json, "release", patch->release) &&
		klpcc_json_add_text(json, "module", patch->module) &&
		klpcc_json_add(json, "files",
			       klpcc_json_array(patch->unit_count, make_file, patch)) &&
		klpcc_json_add(json, "left_out",
			       klpcc_json_array(patch->left_count, make_left, patch)) &&
		klpcc_json_add_number(json, "proved", patch->proved) &&
		(!patch->module || klpcc_json_add(json, "symbols", make_taken(patch))) &&
		klpcc_json_add(json, "seconds", make_seconds(patch));

	if (good)
		fprintf(stream, "%s\n",
			json_object_to_json_string_ext(
				json, JSON_C_TO_STRING_PRETTY |
					      JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(json);
	return good ? NULL : klpcc_error_nomem();
}
