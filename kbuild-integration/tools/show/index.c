// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc show of an index as a whole: which target it is of, how much it knows, and what takes the
 * space.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "../index/index-format.h"
#include "../lib/table.h"
#include "json.h"
#include "show-private.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct counts {
	uint64_t symbols, ambiguous, exports, patchable;
};

struct summary {
	const struct klpcc_index *index;
	const char *path;
	struct klpcc_index_object *objects;
	struct counts *of; /* by object */
	uint32_t object_count;
	struct counts all;
	bool places_known; /* of every object */
};

/* ---- counting -------------------------------------------------------------------------- */

static struct klpcc_error *count_name(struct summary *summary,
				      const struct klpcc_index_name *name)
{
	struct klpcc_error *err = NULL;

	for (uint32_t i = 0; !err && i < name->symbols; i++) {
		struct klpcc_index_symbol symbol;

		err = klpcc_index_name_symbol(summary->index, name, i, &symbol);
		if (err)
			break;
		summary->of[symbol.object].symbols++;
		/* The first of several in its object stands for the name. */
		summary->of[symbol.object].ambiguous += symbol.sympos == 1;
		summary->of[symbol.object].patchable += symbol.patchable && !symbol.init;
	}
	for (uint32_t i = 0; !err && i < name->exports; i++) {
		struct klpcc_index_export export_;

		err = klpcc_index_name_export(summary->index, name, i, &export_);
		if (!err)
			summary->of[export_.object].exports++;
	}
	return err;
}

static struct klpcc_error *count_all(struct summary *summary)
{
	struct klpcc_error *err = NULL;

	summary->object_count = klpcc_index_objects(summary->index);
	summary->objects = calloc(summary->object_count, sizeof(*summary->objects));
	summary->of = calloc(summary->object_count, sizeof(*summary->of));
	if (!summary->objects || !summary->of)
		return klpcc_error_nomem();
	for (uint32_t i = 0; !err && i < klpcc_index_names(summary->index); i++) {
		struct klpcc_index_name name;

		err = klpcc_index_name_at(summary->index, i, &name);
		if (!err)
			err = count_name(summary, &name);
	}
	summary->places_known = true;
	for (uint32_t i = 0; !err && i < summary->object_count; i++) {
		const struct counts *of = &summary->of[i];

		err = klpcc_index_object(summary->index, i, &summary->objects[i]);
		summary->all.symbols += of->symbols;
		summary->all.ambiguous += of->ambiguous;
		summary->all.exports += of->exports;
		summary->all.patchable += of->patchable;
		summary->places_known &= summary->objects[i].places_known;
	}
	return err;
}

/* NULL when it is unknown. */
static const char *machine_of(const struct klpcc_index *index)
{
	uint16_t machine = klpcc_index_machine(index);
	const struct klpcc_arch *arch = klpcc_arch_find(machine, false);

	if (!arch)
		arch = klpcc_arch_find(machine, true);
	return arch ? arch->name : NULL;
}

/* NULL when it is unknown. */
static const char *release_of(const struct klpcc_index *index)
{
	const char *release = klpcc_index_release(index);

	return *release ? release : NULL;
}

static uint64_t size_of(const struct klpcc_index *index)
{
	struct klpcc_index_table table;
	uint64_t size = sizeof(struct klpcc_disk_header);

	for (uint32_t i = 0; klpcc_index_table(index, i, &table); i++)
		size = ((size + KLPCC_DISK_ALIGN - 1) & -(uint64_t)KLPCC_DISK_ALIGN) +
		       table.size;
	return size;
}

/* ---- tables ---------------------------------------------------------------------------- */

static void put_number(struct klpcc_row *row, uint64_t number)
{
	klpcc_row_number(row, number);
	klpcc_row_end_cell(row);
}

static void fill_table(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct summary *summary = arg;
	struct klpcc_index_table table = { .name = "" };

	klpcc_index_table(summary->index, (uint32_t)number, &table);
	klpcc_row_string(row, table.name);
	klpcc_row_end_cell(row);
	put_number(row, table.entries);
	put_number(row, table.size);
}

static void fill_object(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct summary *summary = arg;
	const struct klpcc_index_object *object = &summary->objects[number];
	const struct counts *of = &summary->of[number];

	klpcc_row_string(row, object->name);
	klpcc_row_end_cell(row);
	put_number(row, of->symbols);
	put_number(row, of->ambiguous);
	put_number(row, of->exports);
	if (object->places_known)
		klpcc_row_number(row, of->patchable);
	else
		klpcc_row_string(row, "?");
	klpcc_row_end_cell(row);
}

static struct klpcc_error *put_fact(FILE *stream, const char *name, const char *value)
{
	return klpcc_show_put_fact(stream, name, value ? value : "unknown");
}

static void put_count(FILE *stream, const char *name, uint64_t count)
{
	fprintf(stream, "  %-10s %" PRIu64 "\n", name, count);
}

static const char *kallsyms_text(const struct klpcc_index *index)
{
	switch (klpcc_index_kallsyms_all(index)) {
	case KLPCC_INDEX_KALLSYMS_ALL_YES:
		return "functions and data";
	case KLPCC_INDEX_KALLSYMS_ALL_NO:
		return "functions only";
	default:
		return NULL;
	}
}

static struct klpcc_error *print_facts(const struct summary *summary, FILE *stream)
{
	const struct klpcc_index *index = summary->index;
	struct klpcc_error *err = klpcc_show_put_title(stream, summary->path);

	if (!err)
		err = put_fact(stream, "kind", "index");
	if (!err)
		err = put_fact(stream, "release", release_of(index));
	if (!err)
		err = put_fact(stream, "machine", machine_of(index));
	if (!err)
		err = put_fact(stream, "vermagic", klpcc_index_vermagic(index));
	if (!err)
		err = put_fact(stream, "kallsyms", kallsyms_text(index));
	if (!err)
		err = put_fact(stream, "digest", klpcc_index_digest(index));
	if (err)
		return err;
	put_count(stream, "format", KLPCC_DISK_VERSION);
	put_count(stream, "objects", summary->object_count);
	put_count(stream, "symbols", summary->all.symbols);
	put_count(stream, "ambiguous", summary->all.ambiguous);
	put_count(stream, "exports", summary->all.exports);
	if (summary->places_known)
		put_count(stream, "patchable", summary->all.patchable);
	else
		err = put_fact(stream, "patchable", NULL);
	put_count(stream, "size", size_of(index));
	return err;
}

static struct klpcc_error *print_summary(const struct summary *summary, bool objects,
					 FILE *stream)
{
	static const struct klpcc_column table_columns[] = {
		{ .head = "table" },
		{ .head = "entries", .right = true },
		{ .head = "bytes", .right = true },
	};
	static const struct klpcc_column object_columns[] = {
		{ .head = "object" },
		{ .head = "symbols", .right = true },
		{ .head = "ambiguous", .right = true },
		{ .head = "exports", .right = true },
		{ .head = "patchable", .right = true },
	};
	const struct klpcc_table tables = {
		.columns = table_columns,
		.column_count = COUNT(table_columns),
		.row_count = KLPCC_DISK_TABLES,
		.fill = fill_table,
		.arg = summary,
	};
	const struct klpcc_table list = {
		.columns = object_columns,
		.column_count = COUNT(object_columns),
		.row_count = objects ? summary->object_count : 0,
		.fill = fill_object,
		.arg = summary,
	};
	struct klpcc_error *err = print_facts(summary, stream);

	if (!err)
		err = klpcc_show_put_table(stream, "tables", &tables);
	return err ? err : klpcc_show_put_table(stream, "objects", &list);
}

/* ---- JSON ------------------------------------------------------------------------------ */

static struct json_object *facts_of(const struct summary *summary)
{
	const struct klpcc_index *index = summary->index;
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "file", summary->path) &&
	    klpcc_json_add_text(json, "kind", "index") &&
	    klpcc_json_add_text(json, "release", release_of(index)) &&
	    klpcc_json_add_text(json, "machine", machine_of(index)) &&
	    klpcc_json_add_text(json, "vermagic", klpcc_index_vermagic(index)) &&
	    klpcc_json_add_text(json, "kallsyms", kallsyms_text(index)) &&
	    klpcc_json_add_text(json, "digest", klpcc_index_digest(index)) &&
	    klpcc_json_add_number(json, "format", KLPCC_DISK_VERSION) &&
	    klpcc_json_add_number(json, "size", size_of(index)))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *object_object(const struct klpcc_index_object *object,
					 const struct counts *of)
{
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "object", object->name) &&
	    klpcc_json_add_number(json, "symbols", of->symbols) &&
	    klpcc_json_add_number(json, "ambiguous", of->ambiguous) &&
	    klpcc_json_add_number(json, "exports", of->exports) &&
	    (!object->places_known ||
	     klpcc_json_add_number(json, "patchable", of->patchable)))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *table_object(const struct klpcc_index_table *table)
{
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "table", table->name) &&
	    klpcc_json_add_number(json, "entries", table->entries) &&
	    klpcc_json_add_number(json, "bytes", table->size))
		return json;
	json_object_put(json);
	return NULL;
}

/* The objects are always there: a program can leave them alone. */
static bool print_json(const struct summary *summary, FILE *stream)
{
	struct klpcc_index_table table;
	bool good = klpcc_show_begin_object(stream, facts_of(summary));

	klpcc_show_begin_list(stream, "tables");
	for (uint32_t i = 0; good && klpcc_index_table(summary->index, i, &table); i++)
		good = klpcc_show_put_item(stream, table_object(&table), !i);
	klpcc_show_end_list(stream);
	klpcc_show_begin_list(stream, "objects");
	for (uint32_t i = 0; good && i < summary->object_count; i++)
		good = klpcc_show_put_item(
			stream, object_object(&summary->objects[i], &summary->of[i]), !i);
	klpcc_show_end_list(stream);
	klpcc_show_end_object(stream);
	return good;
}

struct klpcc_error *klpcc_show_index(const struct klpcc_show_options *options,
				     const struct klpcc_index *index, const char *path,
				     FILE *stream)
{
	struct summary summary = { .index = index, .path = path };
	struct klpcc_error *err = count_all(&summary);

	if (!err && options->format != KLPCC_SHOW_JSON)
		err = print_summary(&summary, options->objects, stream);
	else if (!err && !print_json(&summary, stream))
		err = klpcc_error_nomem();
	free(summary.objects);
	free(summary.of);
	return err;
}
