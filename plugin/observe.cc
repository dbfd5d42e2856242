// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Observe: see observe.h.
 *
 * Two looks: one before any optimization, when all functions and calls of the source are there,
 * and one when the text is written, when the names of statics are known and it is clear what
 * is left of each function. In between the declarations are kept.
 */
#include "clones.h"
#include "diagnose.h"
#include "initializer.h"
#include "json.h"
#include "layout-list.h"
#include "observe.h"
#include "original.h"
#include "statics.h"
#include "types.h"
#include "written.h"

#define OBSERVATION_FORMAT "klpcc observation"
#define OBSERVATION_VERSION 1
#define OBSERVATION_SUFFIX ".klp-observe.json"

/* A function, variable or static; its part of the file is completed at the end. */
struct observed {
	tree decl;
	struct json_object *json;
	bool is_alias; /* in the source */
};

static auto_vec<struct observed> functions, variables, statics;
static struct json_object *calls, *addresses, *layouts, *asm_texts;

/* ---- words ------------------------------------------------------------------------- */

static const char *name_of(tree decl)
{
	return DECL_NAME(decl) ? IDENTIFIER_POINTER(DECL_NAME(decl)) : "";
}

/* Asks GCC for a name only where it has one already: see statics.h. */
static const char *assembler_name(tree decl)
{
	return DECL_ASSEMBLER_NAME_SET_P(decl)
		       ? klpcc_plain_name(IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl)))
		       : name_of(decl);
}

/* A call of __builtin_memcpy () is one of memcpy (). */
static const char *callee_name(tree decl)
{
	return startswith(name_of(decl), "__builtin_") ? assembler_name(decl)
						       : name_of(decl);
}

static void put_hash(struct json_object *to, const char *key, uint64_t hash)
{
	char digits[17];

	if (hash)
		snprintf(digits, sizeof(digits), "%016" PRIx64, hash);
	klpcc_json_put_text(to, key, hash ? digits : "0");
}

static void put_place(struct json_object *to, location_t loc)
{
	expanded_location where = expand_location(loc);

	klpcc_json_put_text(to, "file",
			    remap_macro_filename(where.file ? where.file : ""));
	klpcc_json_put_number(to, "line", where.line);
}

static void append_pair(struct json_object *to, const char *first, const char *second)
{
	struct json_object *pair = klpcc_json_array();

	klpcc_json_append(pair, klpcc_json_text(first));
	klpcc_json_append(pair, klpcc_json_text(second));
	klpcc_json_append(to, pair);
}

/* ---- functions --------------------------------------------------------------------- */

static bool is_in(tree decl, const char *sections)
{
	return DECL_SECTION_NAME(decl) && startswith(DECL_SECTION_NAME(decl), sections);
}

static bool is_address_taken(cgraph_node *node)
{
	struct ipa_ref *ref;

	for (unsigned int i = 0; node->iterate_referring(i, ref); i++)
		if (ref->use == IPA_REF_ADDR)
			return true;
	return false;
}

static const char *alias_target(cgraph_node *node)
{
	tree target =
		node->analyzed ? node->get_alias_target()->decl : node->alias_target;

	return DECL_P(target) ? assembler_name(target) : IDENTIFIER_POINTER(target);
}

/* What other files call it as. */
static void put_type(struct json_object *to, tree decl)
{
	char *text = klpcc_type_text(TREE_TYPE(decl), name_of(decl));

	klpcc_json_put_text(to, "type", text);
	free(text);
}

static void observe_function(cgraph_node *node)
{
	tree decl = node->decl;
	function *body = DECL_STRUCT_FUNCTION(decl);
	struct json_object *json = klpcc_json_object();

	klpcc_json_put_text(json, "name", name_of(decl));
	klpcc_json_put_text(json, "assembler", assembler_name(decl));
	put_place(json, DECL_SOURCE_LOCATION(decl));
	if (body)
		klpcc_json_put_number(json, "last_line",
				      LOCATION_LINE(body->function_end_locus));
	klpcc_json_put_bool(json, "static", !TREE_PUBLIC(decl));
	if (TREE_PUBLIC(decl))
		put_type(json, decl);
	klpcc_json_put_bool(json, "inline", DECL_DECLARED_INLINE_P(decl));
	if (DECL_SECTION_NAME(decl))
		klpcc_json_put_text(json, "section", DECL_SECTION_NAME(decl));
	klpcc_json_put_bool(json, "init", is_in(decl, ".init"));
	klpcc_json_put_bool(json, "exit", is_in(decl, ".exit"));
	klpcc_json_put_bool(json, "weak", DECL_WEAK(decl));
	if (node->alias)
		klpcc_json_put_text(json, "alias_of", alias_target(node));
	klpcc_json_put_bool(json, "address_taken", is_address_taken(node));
	klpcc_keep(decl);
	functions.safe_push({ decl, json, node->alias != 0 });
}

static void observe_calls(cgraph_node *node)
{
	hash_set<nofree_string_hash> seen;

	for (cgraph_edge *call = node->callees; call; call = call->next_callee) {
		const char *callee = callee_name(call->callee->decl);

		if (!startswith(callee, "__builtin_") && !seen.add(callee))
			append_pair(calls, name_of(node->decl), callee);
	}
}

/* ---- addresses --------------------------------------------------------------------- */

/* A static variable is named with its function. The caller's to free(). */
static char *user_name(tree decl)
{
	const struct klpcc_static *local = VAR_P(decl) ? klpcc_static_find(decl) : NULL;

	return local ? concat(local->function, "::", local->name, NULL)
		     : xstrdup(name_of(decl));
}

static void observe_addresses(cgraph_node *node)
{
	hash_set<free_string_hash> seen;
	struct ipa_ref *ref;

	for (unsigned int i = 0; node->iterate_referring(i, ref); i++) {
		char *user;

		if (ref->use != IPA_REF_ADDR)
			continue;
		user = user_name(ref->referring->decl);
		if (seen.add(user))
			free(user);
		else
			append_pair(addresses, user, name_of(node->decl));
	}
}

/* ---- variables --------------------------------------------------------------------- */

static void put_data(struct json_object *to, tree decl)
{
	HOST_WIDE_INT size = int_size_in_bytes(TREE_TYPE(decl));

	if (DECL_SECTION_NAME(decl))
		klpcc_json_put_text(to, "section", DECL_SECTION_NAME(decl));
	klpcc_json_put_bool(to, "const", TREE_READONLY(decl));
	if (DECL_SIZE_UNIT(decl) && tree_fits_uhwi_p(DECL_SIZE_UNIT(decl)))
		size = tree_to_uhwi(DECL_SIZE_UNIT(decl));
	klpcc_json_put_number(to, "size", size);
	put_hash(to, "initializer", klpcc_hash_initializer(decl));
}

static void observe_variable(varpool_node *node)
{
	tree decl = node->decl;
	struct json_object *json;

	if (!node->definition || DECL_EXTERNAL(decl) || !DECL_NAME(decl) ||
	    DECL_ARTIFICIAL(decl) || DECL_HARD_REGISTER(decl) || !DECL_FILE_SCOPE_P(decl))
		return;
	json = klpcc_json_object();
	klpcc_json_put_text(json, "name", name_of(decl));
	klpcc_json_put_text(json, "assembler", assembler_name(decl));
	put_place(json, DECL_SOURCE_LOCATION(decl));
	klpcc_json_put_bool(json, "static", !TREE_PUBLIC(decl));
	put_data(json, decl);
	klpcc_keep(decl);
	variables.safe_push({ decl, json, node->alias != 0 });
}

/* Of a header's functions only those that the unit uses. */
static void observe_static(const struct klpcc_static *local)
{
	struct json_object *json;

	if (!varpool_node::get(local->decl))
		return;
	json = klpcc_json_object();
	klpcc_json_put_text(json, "function", local->function);
	klpcc_json_put_text(json, "name", local->name);
	klpcc_json_put_number(json, "ordinal", local->ordinal);
	put_data(json, local->decl);
	statics.safe_push({ local->decl, json, false });
}

/* ---- layouts ----------------------------------------------------------------------- */

static struct json_object *make_member(const struct klpcc_layout_member *member)
{
	struct json_object *json = klpcc_json_object();

	klpcc_json_put_text(json, "name", member->name);
	if (!member->type) {
		klpcc_json_put_number(json, "value", member->value);
		return json;
	}
	klpcc_json_put_number(json, "offset", member->offset);
	klpcc_json_put_number(json, "size", member->size);
	klpcc_json_put_text(json, "type", member->type);
	return json;
}

static struct json_object *make_layout(const struct klpcc_layout *layout)
{
	struct json_object *json = klpcc_json_object();
	struct json_object *members = klpcc_json_array();

	klpcc_json_put_text(json, "name", layout->name);
	klpcc_json_put_number(json, "size", layout->size);
	if (TYPE_STUB_DECL(layout->type))
		put_place(json, DECL_SOURCE_LOCATION(TYPE_STUB_DECL(layout->type)));
	for (const struct klpcc_layout_member &member : layout->members)
		klpcc_json_append(members, make_member(&member));
	klpcc_json_put(json, "members", members);
	return json;
}

static void observe_layouts(void)
{
	auto_vec<struct klpcc_layout> list;

	klpcc_layouts_collect(&list);
	for (struct klpcc_layout &layout : list) {
		klpcc_json_append(layouts, make_layout(&layout));
		klpcc_layout_deinit(&layout);
	}
}

/* ---- the first look ---------------------------------------------------------------- */

static int by_order(const void *a, const void *b)
{
	return (*static_cast<symtab_node *const *>(a))->order -
	       (*static_cast<symtab_node *const *>(b))->order;
}

static void observe_node(symtab_node *node)
{
	if (cgraph_node *function = dyn_cast<cgraph_node *>(node)) {
		if (node->definition && !node->weakref)
			observe_function(function);
		observe_calls(function);
		observe_addresses(function);
	} else if (varpool_node *variable = dyn_cast<varpool_node *>(node)) {
		observe_variable(variable);
	}
}

void klpcc_observe_source(const struct klpcc_unit *unit)
{
	auto_vec<symtab_node *> nodes;
	symtab_node *node;

	if (!unit->options.observe)
		return;
	calls = klpcc_json_array();
	addresses = klpcc_json_array();
	layouts = klpcc_json_array();
	asm_texts = klpcc_json_array();
	FOR_EACH_SYMBOL(node)
		nodes.safe_push(node);
	/* In the order of the source, so that the file has one order. */
	nodes.qsort(by_order);
	for (symtab_node *each : nodes)
		observe_node(each);
	for (const struct klpcc_static &local : klpcc_statics())
		observe_static(&local);
	for (asm_node *text = symtab->first_asm_symbol(); text; text = text->next) {
		const uint64_t hash = klpcc_hash_asm(text->asm_str);
		char *digits = xasprintf("%016" PRIx64, hash);

		klpcc_json_append(asm_texts, klpcc_json_text(digits));
		free(digits);
	}
	observe_layouts();
	klpcc_clones_start();
}

/* ---- the second look --------------------------------------------------------------- */

/* A function that GCC found to be the same as another one (-fipa-icf) is an alias now. */
static void complete_function(const struct observed *observed)
{
	const struct klpcc_written *written = klpcc_written_find(observed->decl);
	symtab_node *node = symtab_node::get(observed->decl);

	klpcc_json_put_bool(observed->json, "fentry", written && written->has_entry);
	klpcc_json_put_bool(observed->json, "gone",
			    !(observed->is_alias ? TREE_ASM_WRITTEN(observed->decl)
						 : written != NULL));
	if (node && node->alias && !observed->is_alias && TREE_ASM_WRITTEN(node->decl))
		klpcc_json_put_text(observed->json, "merged_with",
				    assembler_name(node->ultimate_alias_target()->decl));
}

static struct json_object *complete_functions(void)
{
	struct json_object *list = klpcc_json_array();

	for (const struct observed &observed : functions) {
		complete_function(&observed);
		klpcc_json_append(list, observed.json);
	}
	return list;
}

static struct json_object *complete_variables(void)
{
	struct json_object *list = klpcc_json_array();

	for (const struct observed &observed : variables) {
		klpcc_json_put_bool(observed.json, "gone",
				    !TREE_ASM_WRITTEN(observed.decl));
		klpcc_json_append(list, observed.json);
	}
	return list;
}

static struct json_object *complete_statics(void)
{
	struct json_object *list = klpcc_json_array();

	for (const struct observed &observed : statics) {
		if (TREE_ASM_WRITTEN(observed.decl))
			klpcc_json_put_text(observed.json, "assembler",
					    assembler_name(observed.decl));
		klpcc_json_append(list, observed.json);
	}
	return list;
}

static void put_transformations(struct json_object *to)
{
	struct json_object *inlined = klpcc_json_array();
	struct json_object *clones = klpcc_json_array();
	auto_vec<struct klpcc_transformation> transformations;
	const char *line;

	if (!klpcc_clones_finish(&transformations, &line))
		klpcc_fatal_observation(klpcc_error_new(
			EINVAL, "GCC's list of clones has a line of unknown form: %s",
			line));
	for (const struct klpcc_transformation &each : transformations)
		if (each.inlined)
			append_pair(inlined, each.from, each.to);
		else
			append_pair(clones, each.to, each.from);
	for (const char *name : klpcc_written_split()) {
		char *cold = concat(name, ".cold", NULL);

		append_pair(clones, cold, name);
		free(cold);
	}
	klpcc_json_put(to, "inlined", inlined);
	klpcc_json_put(to, "clones", clones);
}

static struct json_object *make_macros(void)
{
	struct json_object *macros = klpcc_json_object();

	for (const char *name : klpcc_build_macros) {
		const char *text = klpcc_macro_text(name);

		if (text)
			klpcc_json_put_text(macros, name, text);
	}
	return macros;
}

/* "x86_64" of "x86_64-linux-gnu". */
static struct json_object *make_machine(void)
{
	return json_object_new_string_len(KLPCC_TRIPLET, strcspn(KLPCC_TRIPLET, "-"));
}

static struct json_object *make_observation(void)
{
	struct json_object *json = klpcc_json_object();

	klpcc_json_put_text(json, "format", OBSERVATION_FORMAT);
	klpcc_json_put_number(json, "version", OBSERVATION_VERSION);
	klpcc_json_put_text(json, "source", main_input_filename);
	klpcc_json_put_text(json, "compiler", KLPCC_GCC_VERSION);
	klpcc_json_put(json, "machine", make_machine());
	klpcc_json_put(json, "macros", make_macros());
	klpcc_json_put(json, "functions", complete_functions());
	klpcc_json_put(json, "calls", calls);
	klpcc_json_put(json, "addresses", addresses);
	put_transformations(json);
	klpcc_json_put(json, "statics", complete_statics());
	klpcc_json_put(json, "variables", complete_variables());
	klpcc_json_put(json, "asm", asm_texts);
	klpcc_json_put(json, "layouts", layouts);
	return json;
}

static const char *observation_path(const struct klpcc_unit *unit)
{
	return klpcc_json_path(unit->options.observe_path, OBSERVATION_SUFFIX);
}

static void remove_old_observation(void *gcc_data, void *user_data)
{
	struct klpcc_error *err = klpcc_json_remove_old(
		observation_path(static_cast<const struct klpcc_unit *>(user_data)));

	if (err)
		klpcc_fatal_observation(err);
}

void klpcc_observe_write(const struct klpcc_unit *unit)
{
	struct json_object *json;
	struct klpcc_error *err;

	/* Nothing was collected with -fsyntax-only, and what has errors is not the whole unit. */
	if (!unit->options.observe || !calls || seen_error())
		return;
	json = make_observation();
	err = klpcc_json_write(observation_path(unit), json);
	if (err)
		klpcc_fatal_observation(err);
	json_object_put(json);
}

void klpcc_observe_register(struct klpcc_unit *unit)
{
	const char *name = unit->options.plugin_name;

	if (!unit->options.observe)
		return;
	register_callback(name, PLUGIN_START_UNIT, remove_old_observation, unit);
	klpcc_written_register(name);
}
