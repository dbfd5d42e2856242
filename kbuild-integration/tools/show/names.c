// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc show of single names in an index: can a patch use that symbol, and can it replace that
 * function?
 */
#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../index/function.h"
#include "../lib/array.h"
#include "../lib/nearest.h"
#include "../lib/table.h"
#include "json.h"
#include "show-private.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A symbol, an export, or both. */
struct entry {
	const char *name;
	struct klpcc_index_object object;
	struct klpcc_index_symbol symbol;
	struct klpcc_index_export export_;
	bool has_symbol, has_export;
	const char *patchable; /* NULL for what is no function of the index */
};

struct entries {
	const struct klpcc_index *index;
	struct entry *list;
	size_t count, capacity;
};

/* ---- functions ------------------------------------------------------------------------- */

/* The letters of kallsyms for code; 'W' is a weak function, as weak data has 'V'. */
static bool is_code(const struct klpcc_index_symbol *symbol)
{
	return symbol->type == STT_FUNC || strchr("tTwW", symbol->kallsyms_type);
}

/* Whether a patch can replace it, in a word. */
static struct klpcc_error *judge_function(const struct klpcc_index *index,
					  struct entry *entry)
{
	const struct klpcc_index_symbol *symbol = &entry->symbol;
	struct klpcc_function function;
	struct klpcc_error *err;

	if (!entry->has_symbol || !is_code(symbol))
		return NULL;
	entry->patchable = "no";
	/* Of a module it has no position by which it could be asked for. */
	if (symbol->init)
		return NULL;
	err = klpcc_index_find_function(index, symbol->object, entry->name,
					strlen(entry->name), symbol->sympos, &function);
	if (err)
		return err;
	if (function.verdict == KLPCC_FUNCTION_FOUND)
		entry->patchable = function.places_known ? "yes" : "unknown";
	else if (function.verdict == KLPCC_FUNCTION_COMING)
		entry->patchable = "live";
	return NULL;
}

/* ---- reading --------------------------------------------------------------------------- */

static struct klpcc_error *add_entry(struct entries *entries, uint32_t object,
				     const struct entry *entry)
{
	struct entry *list = klpcc_array_grow(entries->list, entries->count, 1,
					      &entries->capacity, sizeof(*list));
	struct klpcc_error *err;

	if (!list)
		return klpcc_error_nomem();
	entries->list = list;
	list[entries->count] = *entry;
	err = klpcc_index_object(entries->index, object, &list[entries->count].object);
	if (!err)
		err = judge_function(entries->index, &list[entries->count]);
	if (!err)
		entries->count++;
	return err;
}

/* An export is a global symbol; of an object that has none of that name it is the last one. */
static struct klpcc_error *is_exported(const struct entries *entries,
				       const struct klpcc_index_name *name,
				       uint32_t number, const struct entry *entry,
				       bool *ret)
{
	struct klpcc_index_symbol next;
	struct klpcc_error *err = NULL;

	*ret = entry->symbol.object == entry->export_.object;
	if (!*ret || entry->symbol.binding != STB_LOCAL || number + 1 >= name->symbols)
		return NULL;
	err = klpcc_index_name_symbol(entries->index, name, number + 1, &next);
	*ret = !err && next.object != entry->symbol.object;
	return err;
}

/* Both lists are sorted by object. */
static struct klpcc_error *read_name(struct entries *entries,
				     const struct klpcc_index_name *name)
{
	struct klpcc_error *err = NULL;
	uint32_t symbols = 0, exports = 0;

	while (!err && (symbols < name->symbols || exports < name->exports)) {
		struct entry entry = { .name = name->name };
		bool both = false;

		entry.has_symbol = symbols < name->symbols;
		entry.has_export = exports < name->exports;
		if (entry.has_symbol)
			err = klpcc_index_name_symbol(entries->index, name, symbols,
						      &entry.symbol);
		if (!err && entry.has_export)
			err = klpcc_index_name_export(entries->index, name, exports,
						      &entry.export_);
		if (!err && entry.has_symbol && entry.has_export)
			err = is_exported(entries, name, symbols, &entry, &both);
		if (err)
			break;
		if (entry.has_symbol && entry.has_export && !both) {
			entry.has_symbol = entry.symbol.object <= entry.export_.object;
			entry.has_export = !entry.has_symbol;
		}
		symbols += entry.has_symbol;
		exports += entry.has_export;
		err = add_entry(entries,
				entry.has_symbol ? entry.symbol.object
						 : entry.export_.object,
				&entry);
	}
	return err;
}

/* ---- what is not there ----------------------------------------------------------------- */

/* The first name that is this one and a suffix, as GCC gives to clones; NULL for none. */
static struct klpcc_error *find_clone(const struct klpcc_index *index, const char *name,
				      const char **ret)
{
	size_t length = strlen(name);
	char *prefix = malloc(length + 2);
	struct klpcc_index_name next;
	struct klpcc_error *err;
	uint32_t number;

	*ret = NULL;
	if (!prefix)
		return klpcc_error_nomem();
	strcpy(stpcpy(prefix, name), ".");
	err = klpcc_index_names_from(index, prefix, &number);
	if (!err && number < klpcc_index_names(index)) {
		err = klpcc_index_name_at(index, number, &next);
		if (!err && !strncmp(next.name, prefix, length + 1))
			*ret = next.name;
	}
	free(prefix);
	return err;
}

static struct klpcc_error *find_nearest(const struct klpcc_index *index, const char *name,
					const char **ret)
{
	struct klpcc_nearest nearest = { .word = name };
	struct klpcc_error *err = NULL;

	for (uint32_t i = 0; !err && i < klpcc_index_names(index); i++) {
		struct klpcc_index_name next;

		err = klpcc_index_name_at(index, i, &next);
		if (!err)
			klpcc_nearest_offer(&nearest, next.name);
	}
	*ret = nearest.best;
	return err;
}

static struct klpcc_error *missing_error(const struct klpcc_index *index,
					 const char *path, const char *name)
{
	const char *other;
	struct klpcc_error *err = find_clone(index, name, &other);

	if (err)
		return err;
	if (other)
		return klpcc_error_new(
			ENOENT,
			"%s: no symbol '%s'; GCC has inlined or changed the function, and there is '%s'",
			path, name, other);
	err = find_nearest(index, name, &other);
	if (err)
		return err;
	if (other)
		return klpcc_error_new(ENOENT, "%s: no symbol '%s'; did you mean '%s'?",
				       path, name, other);
	return klpcc_error_new(ENOENT, "%s: no symbol '%s'", path, name);
}

/* ---- for people ------------------------------------------------------------------------ */

static void put_string(struct klpcc_row *row, const char *text)
{
	if (text)
		klpcc_row_string(row, text);
	klpcc_row_end_cell(row);
}

static void put_position(struct klpcc_row *row, const struct entry *entry)
{
	if (entry->has_symbol && entry->symbol.sympos)
		klpcc_row_number(row, entry->symbol.sympos);
	else if (entry->has_symbol)
		klpcc_row_string(row, "unique");
	klpcc_row_end_cell(row);
}

static void put_address(struct klpcc_row *row, const struct entry *entry)
{
	if (entry->has_symbol && entry->symbol.has_address)
		klpcc_row_hex(row, entry->symbol.address);
	klpcc_row_end_cell(row);
}

static void put_type(struct klpcc_row *row, const struct entry *entry)
{
	if (entry->has_symbol)
		klpcc_row_text(row, &entry->symbol.kallsyms_type, 1);
	klpcc_row_end_cell(row);
}

static void put_export(struct klpcc_row *row, const struct entry *entry)
{
	if (entry->has_export) {
		klpcc_row_string(row, entry->export_.gpl ? "GPL" : "yes");
		if (entry->export_.namespace_) {
			klpcc_row_string(row, ",");
			klpcc_row_string(row, entry->export_.namespace_);
		}
	}
	klpcc_row_end_cell(row);
}

static void put_notes(struct klpcc_row *row, const struct entry *entry)
{
	const char *words[] = {
		entry->symbol.init ? "init" : NULL,
		entry->symbol.sealed ? "sealed" : NULL,
		entry->symbol.part ? "part" : NULL,
	};
	const char *before = "";

	for (size_t i = 0; i < COUNT(words); i++) {
		if (!words[i])
			continue;
		klpcc_row_string(row, before);
		klpcc_row_string(row, words[i]);
		before = ",";
	}
	klpcc_row_end_cell(row);
}

static void fill_entry(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct entries *entries = arg;
	const struct entry *entry = &entries->list[number];

	put_string(row, entry->name);
	put_string(row, entry->object.name);
	put_position(row, entry);
	put_type(row, entry);
	put_address(row, entry);
	put_export(row, entry);
	put_string(row, entry->patchable);
	put_notes(row, entry);
	put_string(row, entry->has_symbol ? entry->symbol.source : NULL);
}

static struct klpcc_error *print_entries(const struct entries *entries, FILE *stream)
{
	static const struct klpcc_column columns[] = {
		{ .head = "symbol" },    { .head = "object" },  { .head = "position" },
		{ .head = "type" },      { .head = "address" }, { .head = "exported" },
		{ .head = "patchable" }, { .head = "notes" },   { .head = "source" },
	};
	const struct klpcc_table table = {
		.columns = columns,
		.column_count = COUNT(columns),
		.row_count = entries->count,
		.fill = fill_entry,
		.arg = entries,
	};

	return klpcc_table_print(&table, stream);
}

/* ---- JSON ------------------------------------------------------------------------------ */

static bool add_symbol(struct json_object *json, const struct entry *entry)
{
	const struct klpcc_index_symbol *symbol = &entry->symbol;
	char type[2] = { symbol->kallsyms_type, '\0' }, address[24];

	snprintf(address, sizeof(address), "0x%llx", (unsigned long long)symbol->address);
	return klpcc_json_add_number(json, "position", symbol->sympos) &&
	       klpcc_json_add_text(json, "type", type) &&
	       klpcc_json_add_text(json, "address",
				   symbol->has_address ? address : NULL) &&
	       klpcc_json_add_text(json, "source", symbol->source) &&
	       klpcc_json_add_flag(json, "init", symbol->init) &&
	       klpcc_json_add_flag(json, "part", symbol->part) &&
	       (!entry->object.seals_known ||
		klpcc_json_add_flag(json, "sealed", symbol->sealed)) &&
	       klpcc_json_add_text(json, "patchable", entry->patchable);
}

static struct json_object *export_object(const struct klpcc_index_export *export_)
{
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_flag(json, "gpl", export_->gpl) &&
	    klpcc_json_add_text(json, "namespace", export_->namespace_) &&
	    (!export_->has_crc || klpcc_json_add_number(json, "crc", export_->crc)))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *entry_object(const struct entry *entry)
{
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "symbol", entry->name) &&
	    klpcc_json_add_text(json, "object", entry->object.name) &&
	    (!entry->has_symbol || add_symbol(json, entry)) &&
	    (!entry->has_export ||
	     klpcc_json_add(json, "export", export_object(&entry->export_))))
		return json;
	json_object_put(json);
	return NULL;
}

static struct klpcc_error *print_json(const struct entries *entries, const char *path,
				      FILE *stream)
{
	struct json_object *facts = json_object_new_object();
	bool good = facts && klpcc_json_add_text(facts, "file", path) &&
		    klpcc_json_add_text(facts, "kind", "names");

	good &= klpcc_show_begin_object(stream, facts);
	klpcc_show_begin_list(stream, "names");
	for (size_t i = 0; good && i < entries->count; i++)
		good = klpcc_show_put_item(stream, entry_object(&entries->list[i]), !i);
	klpcc_show_end_list(stream);
	klpcc_show_end_object(stream);
	return good ? NULL : klpcc_error_nomem();
}

struct klpcc_error *klpcc_show_names(const struct klpcc_show_options *options,
				     const struct klpcc_index *index, const char *path,
				     char **names, size_t count, FILE *stream)
{
	struct entries entries = { .index = index };
	struct klpcc_error *err = NULL;
	const char *missing = NULL;

	for (size_t i = 0; !err && i < count; i++) {
		struct klpcc_index_name name;
		bool found;

		err = klpcc_index_find_name(index, names[i], strlen(names[i]), &found,
					    &name);
		if (!err && found)
			err = read_name(&entries, &name);
		else if (!err && !missing)
			missing = names[i];
	}
	if (!err && options->format == KLPCC_SHOW_JSON)
		err = print_json(&entries, path, stream);
	else if (!err)
		err = print_entries(&entries, stream);
	if (!err && missing)
		err = missing_error(index, path, missing);
	free(entries.list);
	return err;
}
