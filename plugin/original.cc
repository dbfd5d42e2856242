// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Original: see original.h.
 */
#include "diagnose.h"
#include "original.h"
#include "plan-names.h"
#include "preprocess.h"
#include "statics.h"

/* ---- the plan ------------------------------------------------------------------------- */

static void add_replaced(struct klpcc_unit *unit, const char *name, size_t length)
{
	const char *text = IDENTIFIER_POINTER(get_identifier_with_length(name, length));

	if (klpcc_original_replaced(unit, text))
		return;
	klpcc_keep(get_identifier(text));
	unit->replaced_places->put(text, unit->replaced.length());
	unit->replaced.safe_push({ text, NULL_TREE });
}

static void read_replaced(struct klpcc_unit *unit)
{
	const char *name = unit->options.replace;

	for (size_t i = 0; i < unit->plan->replace_count; i++)
		add_replaced(unit, unit->plan->replace[i],
			     strlen(unit->plan->replace[i]));
	while (name && *name) {
		size_t length = strcspn(name, ",");

		if (length)
			add_replaced(unit, name, length);
		name += length + (name[length] == ',');
	}
}

/* Positions are those of one index. */
static void check_plan(const struct klpcc_unit *unit)
{
	const char *release = klpcc_index_release(unit->index);
	const char *digest = klpcc_index_digest(unit->index);

	if (strcmp(unit->plan->release, release))
		klpcc_fatal_stale_plan(unit->options.plan, unit->plan->release, release);
	if (strcmp(unit->plan->index, digest))
		klpcc_fatal_stale_plan(unit->options.plan, unit->plan->index, digest);
}

void klpcc_original_open(struct klpcc_unit *unit)
{
	struct klpcc_error *err;

	if (!unit->options.plan) {
		if (unit->options.replace)
			klpcc_fatal_no_plan(unit->options.plugin_name);
		return;
	}
	err = klpcc_plan_read(unit->options.plan, &unit->plan);
	if (err)
		klpcc_fatal_plan(err);
	check_plan(unit);
	unit->replaced_places = new hash_map<nofree_string_hash, unsigned int>;
	read_replaced(unit);
	if (klpcc_original_is_replaced(unit))
		unit->plan_names = klpcc_plan_names_make(unit->plan);
	unit->taken = new hash_map<tree, const struct klpcc_plan_symbol *>;
}

/* ---- macros --------------------------------------------------------------------------- */

static void (*tell_file_change)(cpp_reader *, const line_map_ordinary *);
static const struct klpcc_plan *macros_of;

/* As if the command line had said nothing else. */
static void set_macros(cpp_reader *reader)
{
	for (const char *name : klpcc_build_macros)
		cpp_undef(reader, name);
	for (size_t i = 0; i < macros_of->macros_count; i++) {
		const struct klpcc_plan_macro *macro = &macros_of->macros[i];
		char *text = concat(macro->name, "=", macro->text, NULL);

		cpp_undef(reader, macro->name);
		cpp_define(reader, text);
		free(text);
	}
}

/* Comes first for <built-in> and <command-line>, then for the files that the latter includes. */
static void change_file(cpp_reader *reader, const line_map_ordinary *map)
{
	tell_file_change(reader, map);
	if (!map || *ORDINARY_MAP_FILE_NAME(map) == '<' || map->reason != LC_ENTER)
		return;
	cpp_get_callbacks(reader)->file_change = tell_file_change;
	klpcc_define_quietly(reader, set_macros);
}

void klpcc_original_set_macros(const struct klpcc_unit *unit)
{
	cpp_callbacks *callbacks = cpp_get_callbacks(parse_in);

	if (!klpcc_original_is_replaced(unit))
		return;
	macros_of = unit->plan;
	tell_file_change = callbacks->file_change;
	callbacks->file_change = change_file;
	/* __FILE__ is the name that the kernel's build knows the file by. */
	add_macro_prefix_map(concat(main_input_filename, "=", unit->plan->source, NULL));
}

struct klpcc_replaced *klpcc_original_replaced(struct klpcc_unit *unit, const char *label)
{
	const unsigned int *place = unit->replaced_places->get(label);

	return place ? &unit->replaced[*place] : NULL;
}

/* ---- symbols -------------------------------------------------------------------------- */

bool klpcc_original_in_module(const struct klpcc_unit *unit)
{
	return strcmp(unit->plan->object, KLPCC_VMLINUX);
}

const struct klpcc_plan_symbol *klpcc_original_symbol(const struct klpcc_unit *unit,
						      const char *label)
{
	const struct klpcc_plan_symbol *symbol =
		klpcc_plan_find_symbol(unit->plan, klpcc_plain_name(label));

	return symbol && symbol->state != KLPCC_PLAN_EXTERNAL ? symbol : NULL;
}

const struct klpcc_plan_function *klpcc_original_function(const struct klpcc_unit *unit,
							  const char *label)
{
	const unsigned int place = klpcc_plan_first(unit->plan_names, KLPCC_LIST_LABELS,
						    klpcc_plain_name(label));

	return place != KLPCC_NO_PLACE ? &unit->plan->functions[place] : NULL;
}

const struct klpcc_plan_static *klpcc_original_static(const struct klpcc_unit *unit,
						      tree decl)
{
	const struct klpcc_static *variable = klpcc_static_find(decl);
	const struct klpcc_plan_static *statics = unit->plan->statics;
	unsigned int place;
	char *key;

	if (!variable)
		return NULL;
	key = klpcc_statics_key(variable->function, variable->name);
	place = klpcc_plan_first(unit->plan_names, KLPCC_LIST_STATICS, key);
	free(key);
	while (place != KLPCC_NO_PLACE && statics[place].ordinal != variable->ordinal)
		place = klpcc_plan_next(unit->plan_names, KLPCC_LIST_STATICS, place);
	return place != KLPCC_NO_PLACE ? &statics[place] : NULL;
}

const struct klpcc_plan_variable *klpcc_original_variable(const struct klpcc_unit *unit,
							  tree decl)
{
	const char *label = IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl));
	const unsigned int place = klpcc_plan_first(
		unit->plan_names, KLPCC_LIST_VARIABLES, klpcc_plain_name(label));

	return place != KLPCC_NO_PLACE ? &unit->plan->variables[place] : NULL;
}

bool klpcc_original_is_variable(const struct klpcc_unit *unit, tree decl)
{
	if (DECL_CONTEXT(decl) && TREE_CODE(DECL_CONTEXT(decl)) == FUNCTION_DECL)
		return klpcc_original_static(unit, decl);
	return klpcc_original_variable(unit, decl);
}

void klpcc_original_take(struct klpcc_unit *unit, tree decl,
			 const struct klpcc_plan_symbol *symbol)
{
	klpcc_keep(decl);
	unit->taken->put(decl, symbol);
}

static void take_symbol(const struct klpcc_plan_symbol *symbol,
			struct klpcc_request *request)
{
	request->symbol = symbol->name;
	request->object = symbol->object;
	request->sympos = symbol->sympos;
	request->has_sympos = true;
	request->planned = true;
}

/* modpost defines it in each module: of a file of a module it is that module's. */
static void take_this_module(const struct klpcc_unit *unit, struct klpcc_request *request)
{
	request->object = unit->plan->object;
	request->sympos = 0;
	request->has_sympos = true;
	request->planned = true;
}

static const struct klpcc_plan_import *find_import(const struct klpcc_unit *unit,
						   const char *name)
{
	const unsigned int place =
		klpcc_plan_first(unit->plan_names, KLPCC_LIST_IMPORTS, name);

	return place != KLPCC_NO_PLACE ? &unit->plan->imports[place] : NULL;
}

void klpcc_original_read(const struct klpcc_unit *unit, tree decl,
			 struct klpcc_request *request)
{
	const struct klpcc_plan_symbol **taken =
		unit->plan ? unit->taken->get(decl) : NULL;
	const struct klpcc_plan_import *import;

	if (taken) {
		take_symbol(*taken, request);
		return;
	}
	if (!unit->plan || !klpcc_original_is_replaced(unit) || request->ordinary ||
	    klpcc_request_explicit(request) || !klpcc_original_in_module(unit))
		return;
	if (!strcmp(request->symbol, "__this_module")) {
		take_this_module(unit, request);
		return;
	}
	import = find_import(unit, request->symbol);
	if (!import)
		return;
	request->object = import->exporter;
	request->gate = unit->plan->object;
	request->planned = true;
}

bool klpcc_original_choose(const struct klpcc_unit *unit, struct klpcc_request *request)
{
	const struct klpcc_plan_symbol *symbol;

	if (!unit->plan || klpcc_request_explicit(request))
		return false;
	symbol = klpcc_plan_find_symbol(unit->plan, request->symbol);
	if (symbol)
		take_symbol(symbol, request);
	return symbol;
}
