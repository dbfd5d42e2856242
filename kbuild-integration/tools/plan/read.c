// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads a plan: see plan.h.
 *
 * Each kind of entry has one function that takes its members. The first thing that is wrong is
 * kept with its place, and the rest is read as empty.
 */
#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/file.h"
#include "lib/json-file.h"
#include "plan.h"

/* The plan, its observation, a list of it, an entry, its members, one of them: some to spare. */
#define DEPTH 16

struct reader {
	const char *list; /* the member that is being read; NULL: none */
	size_t entry;     /* its entry */
	size_t member;    /* and of a layout: its member, from 1; 0: none */
	struct klpcc_error *err;
};

/* ---- single members ------------------------------------------------------------------- */

static void fail(struct reader *reader, const char *key, const char *what)
{
	char place[256] = "", inner[64] = "";

	if (reader->err)
		return;
	if (reader->member)
		snprintf(inner, sizeof(inner), ".members[%zu]", reader->member - 1);
	if (reader->list)
		snprintf(place, sizeof(place), "%s[%zu]%s: ", reader->list, reader->entry,
			 inner);
	reader->err = klpcc_error_new(EINVAL, "%s'%s' %s", place, key, what);
}

static struct json_object *find_member(struct json_object *of, const char *key)
{
	struct json_object *value;

	return json_object_object_get_ex(of, key, &value) ? value : NULL;
}

/* The string of a value; "" when it is none, or contains NUL. */
static const char *text_of(struct reader *reader, const char *key,
			   struct json_object *value)
{
	const char *text;

	if (!json_object_is_type(value, json_type_string)) {
		fail(reader, key, "is missing or not a text");
		return "";
	}
	text = json_object_get_string(value);
	if (!*text || strlen(text) != (size_t)json_object_get_string_len(value)) {
		fail(reader, key, "is empty or contains NUL");
		return "";
	}
	return text;
}

static const char *take_text(struct reader *reader, struct json_object *of,
			     const char *key)
{
	return text_of(reader, key, find_member(of, key));
}

/* NULL when there is none. */
static const char *take_optional(struct reader *reader, struct json_object *of,
				 const char *key)
{
	struct json_object *value = find_member(of, key);

	return value ? text_of(reader, key, value) : NULL;
}

static uint64_t take_number(struct reader *reader, struct json_object *of,
			    const char *key, uint64_t most)
{
	struct json_object *value = find_member(of, key);
	int64_t number = json_object_is_type(value, json_type_int)
				 ? json_object_get_int64(value)
				 : -1;

	if (number < 0 || (uint64_t)number > most) {
		fail(reader, key, "is missing or not such a number");
		return 0;
	}
	return (uint64_t)number;
}

/* false when there is none. */
static bool take_flag(struct reader *reader, struct json_object *of, const char *key)
{
	struct json_object *value = find_member(of, key);

	if (value && !json_object_is_type(value, json_type_boolean))
		fail(reader, key, "is not true or false");
	return value && json_object_get_boolean(value);
}

/* A hash is written as hexadecimal digits. */
static uint64_t hash_of(struct reader *reader, const char *key, struct json_object *value)
{
	const char *text = text_of(reader, key, value);
	size_t length = strspn(text, "0123456789abcdef");

	if (!length || length > 16 || text[length]) {
		fail(reader, key, "is not of hexadecimal digits, 16 at most");
		return 0;
	}
	return strtoull(text, NULL, 16);
}

/* 0 when there is none. */
static uint64_t take_hash(struct reader *reader, struct json_object *of, const char *key)
{
	struct json_object *value = find_member(of, key);

	return value ? hash_of(reader, key, value) : 0;
}

/* ---- entries -------------------------------------------------------------------------- */

/* Reads one entry of a list to where `to` points. */
typedef void (*take_entry)(struct reader *reader, struct json_object *entry, void *to);

static void take_name(struct reader *reader, struct json_object *entry, void *to)
{
	*(const char **)to = text_of(reader, "the entry", entry);
}

static void take_hash_entry(struct reader *reader, struct json_object *entry, void *to)
{
	*(uint64_t *)to = hash_of(reader, "the entry", entry);
}

static enum klpcc_plan_state state_of(struct reader *reader, const char *text)
{
	static const char *const words[] = {
		[KLPCC_PLAN_SAME] = "same",
		[KLPCC_PLAN_WEAK] = "weak",
		[KLPCC_PLAN_INIT] = "init",
		[KLPCC_PLAN_EXTERNAL] = "external",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(text, words[i]))
			return (enum klpcc_plan_state)i;
	fail(reader, "state", "is none of same, weak, init, external");
	return KLPCC_PLAN_SAME;
}

static void take_symbol(struct reader *reader, struct json_object *entry, void *to)
{
	struct klpcc_plan_symbol *symbol = to;

	symbol->name = take_text(reader, entry, "name");
	symbol->is_function = !strcmp(take_text(reader, entry, "kind"), "function");
	symbol->state = state_of(reader, take_text(reader, entry, "state"));
	symbol->object = take_optional(reader, entry, "object");
	symbol->sympos = (uint32_t)take_number(reader, entry, "sympos", UINT32_MAX);
}

static void take_import(struct reader *reader, struct json_object *entry, void *to)
{
	struct klpcc_plan_import *import = to;

	import->name = take_text(reader, entry, "name");
	import->exporter = take_text(reader, entry, "exporter");
}

/* 0 when there is none. */
static uint32_t take_line(struct reader *reader, struct json_object *of, const char *key)
{
	return find_member(of, key) ? (uint32_t)take_number(reader, of, key, UINT32_MAX)
				    : 0;
}

static void take_function(struct reader *reader, struct json_object *entry, void *to)
{
	struct klpcc_plan_function *function = to;

	function->name = take_text(reader, entry, "name");
	function->label = take_text(reader, entry, "assembler");
	function->is_static = take_flag(reader, entry, "static");
	function->address_taken = take_flag(reader, entry, "address_taken");
	function->fentry = take_flag(reader, entry, "fentry");
	function->init = take_flag(reader, entry, "init");
	function->exit = take_flag(reader, entry, "exit");
	function->gone = take_flag(reader, entry, "gone");
	function->file = take_optional(reader, entry, "file");
	function->line = take_line(reader, entry, "line");
	function->last_line = take_line(reader, entry, "last_line");
	function->type = take_optional(reader, entry, "type");
	function->alias_of = take_optional(reader, entry, "alias_of");
	function->merged_with = take_optional(reader, entry, "merged_with");
}

static void take_pair(struct reader *reader, struct json_object *entry, void *to)
{
	struct klpcc_plan_pair *pair = to;

	if (!json_object_is_type(entry, json_type_array) ||
	    json_object_array_length(entry) != 2) {
		fail(reader, "the entry", "is not a pair of names");
		return;
	}
	pair->first = text_of(reader, "the entry", json_object_array_get_idx(entry, 0));
	pair->second = text_of(reader, "the entry", json_object_array_get_idx(entry, 1));
}

static void take_static(struct reader *reader, struct json_object *entry, void *to)
{
	struct klpcc_plan_static *variable = to;

	variable->function = take_text(reader, entry, "function");
	variable->name = take_text(reader, entry, "name");
	variable->ordinal = (uint32_t)take_number(reader, entry, "ordinal", UINT32_MAX);
	variable->label = take_optional(reader, entry, "assembler");
	variable->initializer = take_hash(reader, entry, "initializer");
}

static void take_variable(struct reader *reader, struct json_object *entry, void *to)
{
	struct klpcc_plan_variable *variable = to;

	variable->name = take_text(reader, entry, "name");
	variable->label = take_text(reader, entry, "assembler");
	variable->section = take_optional(reader, entry, "section");
	variable->gone = take_flag(reader, entry, "gone");
	variable->initializer = take_hash(reader, entry, "initializer");
}

static void take_member(struct reader *reader, struct json_object *entry, void *to)
{
	struct klpcc_plan_member *member = to;

	member->name = take_text(reader, entry, "name");
	if (json_object_is_type(find_member(entry, "value"), json_type_int)) {
		member->value = json_object_get_int64(find_member(entry, "value"));
		return;
	}
	member->type = take_text(reader, entry, "type");
	member->offset = take_number(reader, entry, "offset", INT64_MAX);
	member->size = take_number(reader, entry, "size", INT64_MAX);
}

/* ---- lists ---------------------------------------------------------------------------- */

/* False when the member is no list; *length is its length. */
static bool find_list(struct reader *reader, struct json_object *of, const char *key,
		      struct json_object **list, size_t *length)
{
	*list = find_member(of, key);
	*length = 0;
	if (!*list)
		return false;
	if (!json_object_is_type(*list, json_type_array)) {
		fail(reader, key, "is not a list");
		return false;
	}
	*length = json_object_array_length(*list);
	return *length;
}

/* Entries of size bytes, zeroed; NULL for none. A list that is not there is empty. */
static void *take_list(struct reader *reader, struct json_object *of, const char *key,
		       size_t size, take_entry take, size_t *count)
{
	struct json_object *list;
	char *entries;
	size_t length;

	*count = 0;
	if (reader->err || !find_list(reader, of, key, &list, &length))
		return NULL;
	entries = calloc(length, size);
	if (!entries) {
		reader->err = klpcc_error_nomem();
		return NULL;
	}
	reader->list = key;
	for (size_t i = 0; i < length && !reader->err; i++) {
		struct json_object *entry = json_object_array_get_idx(list, i);

		reader->entry = i;
		take(reader, entry, entries + i * size);
	}
	reader->list = NULL;
	*count = length;
	return entries;
}

static void take_layout(struct reader *reader, struct json_object *entry, void *to)
{
	struct klpcc_plan_layout *layout = to;
	struct json_object *list;
	size_t length;

	layout->name = take_text(reader, entry, "name");
	layout->size = take_number(reader, entry, "size", INT64_MAX);
	if (reader->err || !find_list(reader, entry, "members", &list, &length))
		return;
	layout->members = calloc(length, sizeof(*layout->members));
	if (!layout->members) {
		reader->err = klpcc_error_nomem();
		return;
	}
	layout->members_count = length;
	for (size_t i = 0; i < length && !reader->err; i++) {
		reader->member = i + 1;
		take_member(reader, json_object_array_get_idx(list, i),
			    &layout->members[i]);
	}
	reader->member = 0;
}

static void take_macros(struct reader *reader, struct json_object *of,
			struct klpcc_plan *plan)
{
	struct json_object *macros = find_member(of, "macros");

	if (!json_object_is_type(macros, json_type_object)) {
		fail(reader, "observation.macros", "is missing or not an object");
		return;
	}
	plan->macros = calloc((size_t)json_object_object_length(macros) + 1,
			      sizeof(*plan->macros));
	if (!plan->macros) {
		reader->err = klpcc_error_nomem();
		return;
	}
	json_object_object_foreach(macros, name, text)
	{
		struct klpcc_plan_macro *macro = &plan->macros[plan->macros_count++];

		macro->name = name;
		macro->text = json_object_is_type(text, json_type_string)
				      ? json_object_get_string(text)
				      : text_of(reader, name, text);
	}
}

/* ---- the whole ------------------------------------------------------------------------ */

static void check_format(struct reader *reader, struct json_object *of,
			 const char *format, int version)
{
	if (strcmp(take_text(reader, of, "format"), format))
		fail(reader, "format", "is another one");
	if (take_number(reader, of, "version", INT32_MAX) != (uint64_t)version)
		fail(reader, "version", "is not the one that this klpcc reads");
}

#define TAKE(of, key, field, take)                                            \
	(plan->field = take_list(reader, of, key, sizeof(*plan->field), take, \
				 &plan->field##_count))

static void take_observation(struct reader *reader, struct json_object *of,
			     struct klpcc_plan *plan)
{
	if (!json_object_is_type(of, json_type_object)) {
		fail(reader, "observation", "is missing or not an object");
		return;
	}
	check_format(reader, of, KLPCC_OBSERVATION_FORMAT, KLPCC_OBSERVATION_VERSION);
	take_macros(reader, of, plan);
	TAKE(of, "functions", functions, take_function);
	TAKE(of, "calls", calls, take_pair);
	TAKE(of, "inlined", inlined, take_pair);
	TAKE(of, "clones", clones, take_pair);
	TAKE(of, "statics", statics, take_static);
	TAKE(of, "variables", variables, take_variable);
	TAKE(of, "asm", asms, take_hash_entry);
	TAKE(of, "layouts", layouts, take_layout);
}

static void take_plan(struct reader *reader, struct klpcc_plan *plan)
{
	struct json_object *root = plan->root;

	if (!json_object_is_type(root, json_type_object)) {
		reader->err = klpcc_error_new(EINVAL, "it is not an object");
		return;
	}
	check_format(reader, root, KLPCC_PLAN_FORMAT, KLPCC_PLAN_VERSION);
	plan->release = take_text(reader, root, "release");
	plan->index = take_text(reader, root, "index");
	plan->source = take_text(reader, root, "source");
	plan->object = take_text(reader, root, "object");
	TAKE(root, "replace", replace, take_name);
	TAKE(root, "symbols", symbols, take_symbol);
	TAKE(root, "imports", imports, take_import);
	TAKE(root, "namespaces", namespaces, take_name);
	TAKE(root, "flags", flags, take_name);
	take_observation(reader, find_member(root, "observation"), plan);
}

static int compare_symbols(const void *a, const void *b)
{
	const struct klpcc_plan_symbol *left = a, *right = b;

	return strcmp(left->name, right->name);
}

/* One name of the file is one symbol. */
static struct klpcc_error *sort_symbols(struct klpcc_plan *plan)
{
	struct klpcc_plan_symbol *symbols = plan->symbols;

	if (plan->symbols_count)
		qsort(symbols, plan->symbols_count, sizeof(*symbols), compare_symbols);
	for (size_t i = 0; i < plan->symbols_count; i++) {
		if (!symbols[i].object)
			symbols[i].object = plan->object;
		if (i && !strcmp(symbols[i].name, symbols[i - 1].name))
			return klpcc_error_new(EINVAL, "there are two symbols '%s'",
					       symbols[i].name);
	}
	return NULL;
}

void klpcc_plan_free(struct klpcc_plan *plan)
{
	if (!plan)
		return;
	for (size_t i = 0; i < plan->layouts_count; i++)
		free(plan->layouts[i].members);
	free(plan->replace);
	free(plan->symbols);
	free(plan->imports);
	free(plan->namespaces);
	free(plan->flags);
	free(plan->macros);
	free(plan->functions);
	free(plan->calls);
	free(plan->inlined);
	free(plan->clones);
	free(plan->statics);
	free(plan->variables);
	free(plan->asms);
	free(plan->layouts);
	json_object_put(plan->root);
	free(plan);
}

struct klpcc_error *klpcc_plan_parse(const char *label, const void *data, size_t size,
				     struct klpcc_plan **ret)
{
	struct klpcc_plan *plan = calloc(1, sizeof(*plan));
	struct reader reader = { .list = NULL };

	if (!plan)
		return klpcc_error_nomem();
	reader.err = klpcc_json_parse(data, size, DEPTH, &plan->root);
	if (!reader.err)
		take_plan(&reader, plan);
	if (!reader.err)
		reader.err = sort_symbols(plan);
	if (reader.err)
		klpcc_plan_free(plan);
	else
		*ret = plan;
	return klpcc_error_prefix(reader.err, "%s: not a plan of klpcc", label);
}

struct klpcc_error *klpcc_plan_read(const char *path, struct klpcc_plan **ret)
{
	struct klpcc_buffer buffer;
	struct klpcc_error *err = klpcc_file_read(path, &buffer);

	if (err)
		return err;
	err = klpcc_plan_parse(path, buffer.data, buffer.size, ret);
	klpcc_buffer_deinit(&buffer);
	return err;
}

const struct klpcc_plan_symbol *klpcc_plan_find_symbol(const struct klpcc_plan *plan,
						       const char *name)
{
	const struct klpcc_plan_symbol wanted = { .name = name };

	return plan->symbols_count ? bsearch(&wanted, plan->symbols, plan->symbols_count,
					     sizeof(wanted), compare_symbols)
				   : NULL;
}
