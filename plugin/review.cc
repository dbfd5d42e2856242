// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Review: see review.h.
 *
 * Decides whether to say something and gathers the facts for the message; diagnose.h has the
 * words. A search that only serves a warning is skipped where that warning is off.
 */
#include "diagnose.h"
#include "facts.h"
#include "klp-ref.h"
#include "nearby.h"
#include "refusal.h"
#include "review-table.h"
#include "review.h"
#include "static-key.h"
#include "struct-layout.h"
#include "types.h"
#include "warnings.h"

/* ---- names that the target does not have ------------------------------------------- */

static bool review_clones(const struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	struct klpcc_name_list clones;

	if (!klpcc_warning_is_on(KLPCC_WARN_CLONE) || entry->flags & KLPCC_REF_DATA)
		return false;
	klpcc_find_clones(unit, KLPCC_NEARBY_SCOPE, entry->request.symbol, &clones);
	if (!clones.count)
		return false;
	klpcc_warn_clone(entry->decl, entry->request.symbol, &clones);
	return true;
}

/* Modules have it. */
static bool review_modules(const struct klpcc_unit *unit,
			   const struct klpcc_extern *entry)
{
	const struct klpcc_verdict *verdict = &entry->verdict;
	struct klpcc_name_list modules = {};
	uint32_t last = UINT32_MAX;

	if (!klpcc_warning_is_on(KLPCC_WARN_MODULE) || !verdict->symbols)
		return false;
	for (uint32_t i = 0; i < verdict->symbols; i++) {
		struct klpcc_index_symbol symbol;

		klpcc_read_symbol(unit, verdict->first_symbol + i, &symbol);
		if (symbol.object == last || !klpcc_symbol_counted(&symbol))
			continue;
		last = symbol.object;
		klpcc_add_name(&modules, klpcc_object_name(unit, last));
	}
	return klpcc_warn_module(entry->decl, entry->request.symbol, &modules);
}

/* A variable that may well be there, but cannot be found at run time. */
static bool review_kallsyms_all(const struct klpcc_unit *unit,
				const struct klpcc_extern *entry)
{
	if (!(entry->flags & KLPCC_REF_DATA) ||
	    klpcc_index_kallsyms_all(unit->index) != KLPCC_INDEX_KALLSYMS_ALL_NO)
		return false;
	klpcc_warn_kallsyms_all(entry->decl, entry->request.symbol);
	return true;
}

static void review_similar(const struct klpcc_unit *unit,
			   const struct klpcc_extern *entry)
{
	const char *similar;

	/* GCC itself suggests names for what is not declared at all. */
	if (!klpcc_warning_is_on(KLPCC_WARN_NEAR) ||
	    (TREE_CODE(entry->decl) == FUNCTION_DECL && C_DECL_IMPLICIT(entry->decl)))
		return;
	similar = klpcc_nearby_similar(unit, KLPCC_NEARBY_SCOPE, entry->request.symbol,
				       entry->flags & KLPCC_REF_DATA);
	if (similar)
		klpcc_warn_similar(entry->decl, entry->request.symbol, similar);
}

/*
 * Says nothing where another unit of the module may define the name: that shows when they are
 * linked, and then `klpcc report --undefined` explains it from the reports. A name that is declared
 * by a header, or by a macro such as EXPORT_SYMBOL(), is seldom mistyped, and often defined by
 * another unit of the patch or by asm text: only for names that the source file itself declares
 * does it look further than for clones.
 */
static void review_absent(const struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	location_t loc = DECL_SOURCE_LOCATION(entry->decl);
	const char *file = LOCATION_FILE(loc);

	if (!unit->alone || review_clones(unit, entry) || from_macro_expansion_at(loc) ||
	    !file || strcmp(file, main_input_filename))
		return;
	if (!review_modules(unit, entry) && !review_kallsyms_all(unit, entry))
		review_similar(unit, entry);
}

/* ---- names that are marked --------------------------------------------------------- */

static void review_declaration(tree decl)
{
	/* A weakref is weak by nature. */
	if (DECL_WEAK(decl) && !lookup_attribute("weakref", DECL_ATTRIBUTES(decl)))
		klpcc_warn_weak(decl);
	if (DECL_VISIBILITY_SPECIFIED(decl) &&
	    DECL_VISIBILITY(decl) != VISIBILITY_DEFAULT)
		klpcc_warn_hidden(decl);
}

static void review_static_key(const struct klpcc_unit *unit,
			      const struct klpcc_extern *entry)
{
	char *key = klpcc_static_key_name(entry->decl);
	const char *test = NULL;
	const char *tracepoint = klpcc_static_key_tracepoint(entry->decl, &test);

	klpcc_warn_static_key(entry->key_use, key,
			      klpcc_object_name(unit, entry->verdict.object), tracepoint,
			      test);
	free(key);
}

/*
 * The address of a function for an indirect call. Where the index does not know which functions
 * are sealed, one message for the unit is enough.
 */
static void review_seal(struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	const char *symbol = entry->request.symbol;
	struct klpcc_index_object object;
	struct klpcc_index_symbol found;

	klpcc_read_symbol(unit, entry->verdict.symbol, &found);
	klpcc_unit_check(unit, klpcc_index_object(unit->index, found.object, &object));
	if (found.sealed) {
		klpcc_warn_seal(entry->address_use, symbol, object.name);
	} else if (!object.seals_known && !unit->seals_unknown_said) {
		unit->seals_unknown_said = true;
		klpcc_warn_seal_unknown(entry->address_use, symbol, object.name);
	}
}

static void review_type(const struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	struct klpcc_type_difference difference;

	if (!klpcc_warning_is_on(KLPCC_WARN_TYPE) ||
	    !klpcc_types_differ(unit, entry, &difference))
		return;
	klpcc_warn_type(entry->decl, entry->request.symbol, &difference);
	klpcc_type_difference_deinit(&difference);
}

static void review_marked(struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	char mark[KLPCC_NAME_BUFFER];
	int error = klpcc_mark_build(&entry->verdict.ref, mark, sizeof(mark));

	review_declaration(entry->decl);
	if (KLPCC_MACHINE_HAS_ENDBR && entry->address_use != UNKNOWN_LOCATION &&
	    !(entry->flags & KLPCC_REF_DATA))
		review_seal(unit, entry);
	if (entry->key_use != UNKNOWN_LOCATION)
		review_static_key(unit, entry);
	review_type(unit, entry);
	if (error)
		klpcc_error_unmarkable(entry->decl, entry->request.symbol, error);
}

/* ---- all of the unit --------------------------------------------------------------- */

static void review_ordinary(const struct klpcc_unit *unit,
			    const struct klpcc_extern *entry)
{
	if (entry->verdict.reason == KLPCC_REASON_ABSENT)
		review_absent(unit, entry);
	if (entry->verdict.reason == KLPCC_REASON_EXPORTED && !entry->request.by_header)
		review_type(unit, entry);
}

static void review_refusal(const struct klpcc_unit *unit,
			   const struct klpcc_extern *entry)
{
	struct klpcc_refusal refusal;

	klpcc_refusal_gather(unit, entry, &refusal);
	klpcc_error_refusal(&refusal);
}

static void review_layouts(const struct klpcc_unit *unit)
{
	auto_vec<struct klpcc_layout_difference> differences;

	klpcc_layout_compare(unit, &differences);
	for (struct klpcc_layout_difference &difference : differences) {
		klpcc_warn_layout(unit->options.plugin_name, &difference);
		klpcc_layout_difference_deinit(&difference);
	}
}

void klpcc_review(struct klpcc_unit *unit)
{
	for (const struct klpcc_extern &entry : unit->externs) {
		/* A refusal of what GCC has dropped would be noise. */
		if (!klpcc_is_needed(&entry))
			continue;
		switch (entry.verdict.kind) {
		case KLPCC_VERDICT_ORDINARY:
			review_ordinary(unit, &entry);
			break;
		case KLPCC_VERDICT_MARK:
			review_marked(unit, &entry);
			break;
		default:
			review_refusal(unit, &entry);
			break;
		}
	}
	review_layouts(unit);
	klpcc_review_table(unit);
}
