// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Review, the patch table: see review-table.h.
 *
 * A struct klp_func says nothing about where its function is; the struct klp_object that refers to
 * its table does. A table that none of the unit's refers to is left to the load. What a patch as a
 * whole lacks is said of a struct klp_patch that the unit enables as it is.
 */
#include "diagnose.h"
#include "facts.h"
#include "nearby.h"
#include "refusal.h"
#include "review-table.h"
#include "types.h"
#include "warnings.h"

/* ---- objects ----------------------------------------------------------------------- */

/* Whether the index was made with modules; that of vmlinux alone does not know which there are. */
static bool knows_modules(const struct klpcc_unit *unit)
{
	const uint32_t symbols = klpcc_index_symbols(unit->index);

	if (klpcc_index_objects(unit->index) == 1)
		return false;
	for (uint32_t i = 0; i < symbols; i++) {
		struct klpcc_index_symbol symbol;

		klpcc_read_symbol(unit, i, &symbol);
		if (symbol.object != KLPCC_INDEX_VMLINUX)
			return true;
	}
	return false;
}

static void review_unknown(const struct klpcc_unit *unit, const char *name,
			   location_t place, bool is_string)
{
	const char *meant;

	if (!klpcc_warning_is_on(KLPCC_WARN_OBJECT) || !knows_modules(unit))
		return;
	meant = klpcc_nearby_object(unit, name);
	klpcc_warn_klp_object(place, is_string, name,
			      meant ? meant : klpcc_nearby_module(unit, name));
}

/*
 * False when there is nothing to look functions up in. A module that cannot come, such as one named
 * "vmlinux", does not make the kernel refuse the patch: klp_find_object_module() in
 * kernel/livepatch/core.c does not find it, and nothing is patched.
 */
static bool review_object(const struct klpcc_unit *unit,
			  const struct klpcc_table_object *object, uint32_t *number)
{
	const char *name = object->name;
	location_t place;
	bool found, is_string;
	int error;

	*number = KLPCC_INDEX_VMLINUX;
	if (!name)
		return true;
	error = klpcc_check_object(klpcc_span_of(name));
	klpcc_unit_check(unit, klpcc_index_find_object(unit->index, name, strlen(name),
						       &found, number));
	if (!error && found && *number != KLPCC_INDEX_VMLINUX)
		return true;
	place = klpcc_literal_place(&object->place, name, &is_string);
	if (error)
		klpcc_error_klp_object(place, is_string, name, error,
				       klpcc_nearby_object(unit, name));
	else if (found)
		klpcc_error_klp_vmlinux(place);
	else
		review_unknown(unit, name, place, is_string);
	return false;
}

/* ---- functions --------------------------------------------------------------------- */

static void add_candidate(const struct klpcc_index_symbol *symbol, const char *object,
			  struct klpcc_candidate_list *list)
{
	struct klpcc_candidate candidate = {};

	candidate.object = object;
	candidate.source = symbol->source;
	candidate.address = symbol->address;
	candidate.sympos = symbol->sympos;
	candidate.letter = symbol->kallsyms_type;
	candidate.in_module = symbol->object != KLPCC_INDEX_VMLINUX;
	candidate.has_address = symbol->has_address;
	candidate.init = symbol->init;
	if (list->count < KLPCC_SHOWN)
		list->candidates[list->count] = candidate;
	list->count++;
}

/* Which symbols of the name there are: in the object, to choose from, or in other ones. */
static void gather_symbols(const struct klpcc_unit *unit, uint32_t object,
			   struct klpcc_table_fault *fault)
{
	const bool absent = fault->verdict == KLPCC_FUNCTION_ABSENT;
	struct klpcc_index_symbol symbol;
	struct klpcc_index_name name;
	uint32_t last = UINT32_MAX;
	bool found;

	klpcc_unit_check(unit,
			 klpcc_index_find_name(unit->index, fault->symbol,
					       strlen(fault->symbol), &found, &name));
	for (uint32_t i = 0; found && i < name.symbols; i++) {
		klpcc_unit_check(unit,
				 klpcc_index_name_symbol(unit->index, &name, i, &symbol));
		if (absent && symbol.object != last && klpcc_symbol_counted(&symbol)) {
			last = symbol.object;
			klpcc_add_name(&fault->elsewhere, klpcc_object_name(unit, last));
		}
		if (!absent && symbol.object == object && klpcc_symbol_counted(&symbol))
			add_candidate(&symbol, fault->object, &fault->candidates);
	}
}

/* What the author may have meant. */
static void gather_alternatives(const struct klpcc_unit *unit, uint32_t object,
				struct klpcc_table_fault *fault)
{
	switch (fault->verdict) {
	case KLPCC_FUNCTION_ABSENT:
		klpcc_find_clones(unit, object, fault->symbol, &fault->clones);
		if (fault->clones.count)
			break;
		gather_symbols(unit, object, fault);
		if (!fault->elsewhere.count)
			fault->similar =
				klpcc_nearby_similar(unit, object, fault->symbol, false);
		break;
	case KLPCC_FUNCTION_NO_POSITION:
		if (fault->position.counted == 1)
			break;
		gather_symbols(unit, object, fault);
		break;
	case KLPCC_FUNCTION_AMBIGUOUS:
		gather_symbols(unit, object, fault);
		break;
	default:
		break;
	}
}

static void review_fault(const struct klpcc_unit *unit, uint32_t object,
			 const struct klpcc_table_function *function,
			 const struct klpcc_function *found)
{
	struct klpcc_table_fault fault = {};

	if (!klpcc_warning_is_on(found->verdict == KLPCC_FUNCTION_COMING
					 ? KLPCC_WARN_COMING
					 : KLPCC_WARN_FUNCTION))
		return;
	/* Of a module that is known by its exports alone nothing can be said. */
	if (found->verdict == KLPCC_FUNCTION_ABSENT &&
	    klpcc_object_is_empty(unit, object))
		return;
	fault.verdict = found->verdict;
	fault.place = klpcc_literal_place(&function->place, function->old_name,
					  &fault.is_string);
	fault.symbol = function->old_name;
	fault.sympos = function->sympos;
	fault.object = klpcc_object_name(unit, object);
	fault.position = found->position;
	gather_alternatives(unit, object, &fault);
	klpcc_warn_klp_func(&fault);
}

/* The new function against the old one, as if it were declared under the name of that. */
static void review_replacement(const struct klpcc_unit *unit, uint32_t object,
			       const struct klpcc_table_function *function,
			       const struct klpcc_function *found)
{
	struct klpcc_type_difference difference;
	struct klpcc_extern entry = {};
	bool is_string;

	entry.decl = function->new_func;
	entry.request.symbol = function->old_name;
	entry.verdict.kind = KLPCC_VERDICT_MARK;
	entry.verdict.object = object;
	entry.verdict.symbol = found->position.symbol;
	entry.verdict.candidates = found->position.counted;
	if (!klpcc_warning_is_on(KLPCC_WARN_TYPE) ||
	    !klpcc_types_differ(unit, &entry, &difference))
		return;
	klpcc_warn_replacement(
		klpcc_literal_place(&function->place, function->old_name, &is_string),
		function->new_func, function->old_name, &difference);
	klpcc_type_difference_deinit(&difference);
}

static location_t place_of(const struct klpcc_table_function *function)
{
	bool is_string;

	return klpcc_literal_place(&function->place, function->old_name, &is_string);
}

/* Whether it is known which function is meant, be there something else that is wrong or not. */
static bool is_function(const struct klpcc_function *found)
{
	return found->verdict == KLPCC_FUNCTION_FOUND ||
	       found->verdict == KLPCC_FUNCTION_NOT_PATCHABLE ||
	       found->verdict == KLPCC_FUNCTION_COMING;
}

static void review_function(const struct klpcc_unit *unit, uint32_t object,
			    const struct klpcc_table_function *function)
{
	struct klpcc_function found;

	klpcc_unit_check(unit, klpcc_index_find_function(
				       unit->index, object, function->old_name,
				       strlen(function->old_name),
				       MIN(function->sympos, UINT32_MAX), &found));
	if (found.verdict != KLPCC_FUNCTION_FOUND)
		review_fault(unit, object, function, &found);
	else if (klpcc_nearby_is_clone(function->old_name))
		klpcc_warn_klp_func_clone(place_of(function), function->old_name);
	if (function->new_func && is_function(&found))
		review_replacement(unit, object, function, &found);
	if (function->is_last)
		klpcc_error_unterminated(place_of(function), "klp_func");
}

/* ---- patches ----------------------------------------------------------------------- */

static void review_end(const struct klpcc_table_object *object)
{
	location_t place = object->place.beside;
	bool is_string;

	if (object->name)
		place = klpcc_literal_place(&object->place, object->name, &is_string);
	else if (place == UNKNOWN_LOCATION)
		place = object->place.near;
	klpcc_error_unterminated(place, "klp_object");
}

static void review_patch(const struct klpcc_unit *unit,
			 const struct klpcc_table_patch *patch)
{
	if (patch->missing)
		klpcc_error_klp_patch(patch->near, patch->missing);
	for (const struct klpcc_table_object &object : unit->table_objects)
		if (object.is_last && object.table == patch->objects)
			review_end(&object);
}

void klpcc_review_table(const struct klpcc_unit *unit)
{
	for (const struct klpcc_table_patch &patch : unit->table_patches)
		review_patch(unit, &patch);
	for (const struct klpcc_table_object &object : unit->table_objects) {
		uint32_t number;

		if (object.is_unknown || !review_object(unit, &object, &number) ||
		    !object.functions)
			continue;
		for (const struct klpcc_table_function &function : unit->table_functions)
			if (function.table == object.functions)
				review_function(unit, number, &function);
	}
}
