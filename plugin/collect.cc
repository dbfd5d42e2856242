// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Collect: see collect.h.
 *
 * Runs after the unit has been parsed and early optimization has dropped what is not used, but
 * before any assembler text is written: the symbol table then contains the externals that are
 * referenced, under their assembler names. Whether a reference really reaches the assembler
 * is known only at the end, so only contradictions are refused here.
 */
#include "attributes.h"
#include "collect.h"
#include "diagnose.h"
#include "klp-ref.h"
#include "label.h"
#include "nearby.h"
#include "original.h"
#include "own-file.h"
#include "patch-table.h"
#include "pragma.h"
#include "scope.h"
#include "static-key.h"

/* The declarations with klp_used. */
static auto_vec<tree> used_decls;

void klpcc_collect_declaration(void *gcc_data, void *user_data)
{
	tree decl = static_cast<tree>(gcc_data);

	if (!klpcc_attributes_used(decl) || used_decls.contains(decl))
		return;
	klpcc_keep(decl);
	used_decls.safe_push(decl);
}

/* Moves *first to loc when loc is known and comes earlier in the source. */
static void take_earlier(location_t *first, location_t loc)
{
	loc = LOCATION_LOCUS(loc);
	if (loc <= BUILTINS_LOCATION)
		return;
	if (*first == UNKNOWN_LOCATION ||
	    linemap_compare_locations(line_table, loc, *first) > 0)
		*first = loc;
}

/*
 * asm statements call their operands by name (asm/alternative.h), and sections named .discard.* do
 * not get into the module.
 */
bool klpcc_may_be_called_through(const struct ipa_ref *ref)
{
	const char *where;

	if (ref->stmt)
		return gimple_code(ref->stmt) != GIMPLE_ASM;
	where = DECL_SECTION_NAME(ref->referring->decl);
	return !where || strncmp(where, ".discard", strlen(".discard"));
}

/* How and where the unit uses a symbol. */
static void survey_uses(symtab_node *node, struct klpcc_extern *entry)
{
	struct ipa_ref *ref;

	if (cgraph_node *function = dyn_cast<cgraph_node *>(node))
		for (cgraph_edge *call = function->callers; call;
		     call = call->next_caller) {
			entry->flags |= KLPCC_REF_CALL;
			if (call->call_stmt)
				take_earlier(&entry->use,
					     gimple_location(call->call_stmt));
		}
	for (unsigned int i = 0; node->iterate_referring(i, ref); i++) {
		location_t loc = ref->stmt ? gimple_location(ref->stmt)
					   : DECL_SOURCE_LOCATION(ref->referring->decl);

		take_earlier(&entry->use, loc);
		if (ref->use == IPA_REF_ADDR) {
			entry->flags |= KLPCC_REF_ADDRESS;
			if (klpcc_may_be_called_through(ref))
				take_earlier(&entry->address_use, loc);
		} else {
			entry->request.address_only = false;
			entry->accessed = true;
		}
	}
}

/* Of two declarations with one assembler name, the one with attributes counts. */
static void merge_externs(struct klpcc_extern *entry, const struct klpcc_extern *other)
{
	const bool address_only =
		entry->request.address_only && other->request.address_only;
	const bool by_header = entry->request.by_header && other->request.by_header;

	entry->flags |= other->flags;
	entry->accessed |= other->accessed;
	entry->asked |= other->asked;
	entry->request.address_only = address_only;
	entry->request.by_header = by_header;
	take_earlier(&entry->use, other->use);
	take_earlier(&entry->address_use, other->address_use);
	entry->watch = chainon(entry->watch, other->watch);
	if (!klpcc_request_said(&other->request))
		return;
	if (!klpcc_request_said(&entry->request)) {
		entry->request = other->request;
		entry->request.address_only = address_only;
		entry->request.by_header = by_header;
		entry->decl = other->decl;
	} else if (!klpcc_request_equal(&entry->request, &other->request)) {
		klpcc_error_two_declarations(entry->decl, other->decl,
					     klpcc_plain_name(entry->label));
	}
}

static void add_extern(struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	struct klpcc_extern *same = klpcc_unit_find(unit, entry->label);

	if (unit->defined->contains(klpcc_plain_name(entry->label)))
		return;
	if (same) {
		merge_externs(same, entry);
		return;
	}
	/* Without an identifier of its own an asm label would never be flagged. */
	klpcc_keep(entry->watch);
	klpcc_keep(get_identifier(entry->label));
	unit->names->put(klpcc_plain_name(entry->label), unit->externs.length());
	unit->externs.safe_push(*entry);
}

/* The assembler name that a weakref stands for. */
static tree name_behind_weakref(symtab_node *node)
{
	tree other = node->analyzed ? node->get_alias_target()->decl : node->alias_target;

	return DECL_P(other) ? DECL_ASSEMBLER_NAME(other) : other;
}

static bool may_be_taken(tree decl)
{
	if (!VAR_OR_FUNCTION_DECL_P(decl) || !DECL_EXTERNAL(decl))
		return false;
	return !VAR_P(decl) || (!DECL_HARD_REGISTER(decl) && !DECL_THREAD_LOCAL_P(decl));
}

/* A weakref is not an external declaration itself, but may stand for one. */
static bool is_outside(symtab_node *node)
{
	return node->weakref &&
	       (!node->analyzed || may_be_taken(node->get_alias_target()->decl));
}

/*
 * The name under which a declaration appears in the assembler text, and the identifier
 * that tells whether it does. A weakref stands for the name that it refers to.
 */
static const char *label_of(tree decl, symtab_node *node, tree *watch)
{
	const char *label = IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl));

	*watch = tree_cons(NULL_TREE, get_identifier(klpcc_plain_name(label)), NULL_TREE);
	if (node && node->weakref)
		label = IDENTIFIER_POINTER(name_behind_weakref(node));
	return label;
}

/*
 * Start and end symbols of a linker script are declared as arrays of char where only the memory
 * between them matters. An array of records is a table, which is meant to be read.
 */
static bool is_boundary(tree decl)
{
	tree type = TREE_TYPE(decl);

	return VAR_P(decl) && TREE_CODE(type) == ARRAY_TYPE && !COMPLETE_TYPE_P(type) &&
	       TYPE_MODE(TREE_TYPE(type)) == QImode;
}

/*
 * modpost defines this symbol of the module (add_header() in the kernel's scripts/mod/modpost.c),
 * so no unit does. Every module of the target has one, too.
 */
static bool is_of_modpost(const char *symbol)
{
	return !strcmp(symbol, "__this_module");
}

/* The part of a label that may stand for an object and is not the name of one. */
static const char *meant_in_label(const struct klpcc_unit *unit, const char *label)
{
	const char *meant = NULL;

	while (!meant && *label) {
		size_t length = strcspn(label, ".");
		char *part = xstrndup(label, length);

		if (klpcc_check_object(klpcc_span_of(part)) == -KLPCC_NAME_BAD_OBJECT)
			meant = klpcc_nearby_object(unit, part);
		free(part);
		label += length + (label[length] == '.');
	}
	return meant;
}

/* False, after an error, when the label is malformed. */
static bool read_label(const struct klpcc_unit *unit, tree decl,
		       struct klpcc_request *request)
{
	const char *label;
	int error = klpcc_label_read(request, &label);

	if (error == KLPCC_LABEL_UNQUOTED)
		klpcc_error_bad_label(decl, label, 0, NULL);
	else if (error)
		klpcc_error_bad_label(decl, label, error, meant_in_label(unit, label));
	return !error;
}

static void consider_symbol(struct klpcc_unit *unit, tree decl, symtab_node *node)
{
	const bool asked = klpcc_attributes_used(decl);
	struct klpcc_extern entry = {};

	if (!may_be_taken(decl) && !(node && is_outside(node))) {
		klpcc_attributes_check_unused(decl);
		return;
	}
	entry.label = label_of(decl, node, &entry.watch);
	entry.decl = decl;
	entry.asked = asked;
	entry.flags = (VAR_P(decl) ? KLPCC_REF_DATA : 0) | (asked ? KLPCC_REF_ASM : 0);
	entry.request.address_only = is_boundary(decl);
	entry.request.by_header = !klpcc_is_own_place(DECL_SOURCE_LOCATION(decl));
	if (node)
		survey_uses(node, &entry);
	entry.request.symbol = klpcc_plain_name(entry.label);
	entry.request.automatic = VAR_P(decl) ? !is_of_modpost(entry.request.symbol)
					      : !fndecl_built_in_p(decl);
	if (!read_label(unit, decl, &entry.request) ||
	    !klpcc_attributes_read(decl, &entry.request))
		return;
	klpcc_pragma_read(decl, &entry.request);
	klpcc_original_read(unit, decl, &entry.request);
	add_extern(unit, &entry);
}

/* An asm label can give a definition the name under which something else is external. */
static void note_definition(struct klpcc_unit *unit, symtab_node *node)
{
	const char *label;

	if (!node->definition || DECL_EXTERNAL(node->decl) ||
	    !HAS_DECL_ASSEMBLER_NAME_P(node->decl))
		return;
	label = IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(node->decl));
	if (klpcc_plain_name(label) != label)
		unit->defined->add(klpcc_plain_name(label));
}

static int by_order(const void *a, const void *b)
{
	return (*static_cast<symtab_node *const *>(a))->order -
	       (*static_cast<symtab_node *const *>(b))->order;
}

/* Only marks need certain options. */
static void check_options(const struct klpcc_extern *entry)
{
	const char *missing = klpcc_missing_option();

	if (POINTER_SIZE != 64)
		klpcc_fatal_pointers(entry->use, entry->request.symbol, POINTER_SIZE);
	if (missing)
		klpcc_fatal_missing_option(entry->use, entry->request.symbol, missing);
}

static void resolve_extern(struct klpcc_unit *unit, struct klpcc_extern *entry)
{
	klpcc_unit_check(unit, klpcc_resolve(unit->index, &unit->scope, &entry->request,
					     &entry->verdict));
	if (entry->verdict.kind == KLPCC_VERDICT_AMBIGUOUS &&
	    klpcc_original_choose(unit, &entry->request))
		klpcc_unit_check(unit, klpcc_resolve(unit->index, &unit->scope,
						     &entry->request, &entry->verdict));
	if (entry->use == UNKNOWN_LOCATION)
		entry->use = DECL_SOURCE_LOCATION(entry->decl);
	if (entry->verdict.kind == KLPCC_VERDICT_MARK)
		check_options(entry);
	if (klpcc_request_explicit(&entry->request))
		entry->flags |= KLPCC_REF_EXPLICIT;
	if (entry->verdict.init)
		entry->flags |= KLPCC_REF_INIT;
	unit->late_keys += klpcc_static_key_is_late(entry);
	klpcc_keep(entry->decl);
}

void klpcc_collect(void *gcc_data, void *user_data)
{
	auto *unit = static_cast<struct klpcc_unit *>(user_data);
	auto_vec<symtab_node *> nodes;
	symtab_node *node;

	FOR_EACH_SYMBOL(node) {
		nodes.safe_push(node);
		note_definition(unit, node);
	}
	/* In the order of the source, so that messages and output have one order. */
	nodes.qsort(by_order);
	for (unsigned int i = 0; nodes.iterate(i, &node); i++) {
		if (node->definition && VAR_P(node->decl)) {
			klpcc_scope_variable(unit, node->decl);
			klpcc_table_variable(unit, node->decl);
		}
		consider_symbol(unit, node->decl, node);
	}
	klpcc_scope_finish(unit);
	for (tree decl : used_decls)
		if (!symtab_node::get(decl))
			consider_symbol(unit, decl, NULL);
	for (struct klpcc_extern &entry : unit->externs)
		resolve_extern(unit, &entry);
	unit->collected = true;
}
