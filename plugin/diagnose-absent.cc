// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Diagnose, names that the target does not have and that are left alone: see diagnose.h.
 */
#include "diagnose-private.h"
#include "klp-ref.h"
#include "nearby.h"
#include "warnings.h"

bool klpcc_note_clones(const struct klpcc_unit *unit, const char *symbol, location_t loc)
{
	uint32_t number = UINT32_MAX, listed = 0;

	while (const char *clone = klpcc_nearby_clone(unit, symbol, &number))
		if (listed++ < KLPCC_SHOWN)
			inform(loc, "the target has %qs", klpcc_shown(clone));
	klpcc_note_others(loc, listed);
	return listed;
}

static bool has_clones(const struct klpcc_unit *unit, const char *symbol)
{
	uint32_t number = UINT32_MAX;

	return klpcc_nearby_clone(unit, symbol, &number) != NULL;
}

static bool warn_clone(const struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	const char *symbol = entry->request.symbol;
	location_t loc = DECL_SOURCE_LOCATION(entry->decl);
	auto_diagnostic_group group;

	if (!klpcc_warning_is_on(KLPCC_WARN_CLONE) || entry->flags & KLPCC_REF_DATA ||
	    !has_clones(unit, symbol))
		return false;
	if (KLPCC_WARN(
		    KLPCC_WARN_CLONE, loc,
		    "the target has no %qs, only what GCC made of it: it was inlined, or its parameters are others",
		    klpcc_shown(symbol)))
		klpcc_note_clones(unit, symbol, loc);
	return true;
}

/* Modules have it: each with the text that takes it from there. */
static bool warn_module(const struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	const struct klpcc_verdict *verdict = &entry->verdict;
	location_t loc = DECL_SOURCE_LOCATION(entry->decl);
	uint32_t last = UINT32_MAX, objects = 0;
	struct klpcc_index_symbol symbol;
	auto_diagnostic_group group;

	if (!klpcc_warning_is_on(KLPCC_WARN_MODULE) || !verdict->symbols ||
	    !KLPCC_WARN(
		    KLPCC_WARN_MODULE, loc,
		    "vmlinux has no %qs, but a module that this unit is not known to be for has",
		    klpcc_shown(entry->request.symbol)))
		return false;
	for (uint32_t i = 0; i < verdict->symbols; i++) {
		klpcc_read_symbol(unit, verdict->first_symbol + i, &symbol);
		if (symbol.object == last || !klpcc_symbol_counted(&symbol))
			continue;
		last = symbol.object;
		if (objects++ < KLPCC_SHOWN)
			inform(loc,
			       "%<__attribute__((__klp_object__(\"%s\")))%> for the one of %qs",
			       klpcc_shown(klpcc_object_name(unit, last)),
			       klpcc_shown(klpcc_object_name(unit, last)));
	}
	klpcc_note_others(loc, objects);
	return true;
}

/* Over the name itself stands what it should be. */
static void warn_similar(const struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	const char *similar;
	location_t loc = DECL_SOURCE_LOCATION(entry->decl);
	gcc_rich_location richloc(loc);

	/* Of what is not declared at all GCC has asked that. */
	if (!klpcc_warning_is_on(KLPCC_WARN_NEAR) ||
	    (TREE_CODE(entry->decl) == FUNCTION_DECL && C_DECL_IMPLICIT(entry->decl)))
		return;
	similar = klpcc_nearby_similar(unit, entry->request.symbol,
				       entry->flags & KLPCC_REF_DATA);
	if (!similar)
		return;
	if (DECL_NAME(entry->decl) &&
	    !strcmp(IDENTIFIER_POINTER(DECL_NAME(entry->decl)), entry->request.symbol))
		richloc.add_fixit_replace(klpcc_shown(similar));
	KLPCC_WARN(KLPCC_WARN_NEAR, &richloc, "the target has no %qs; did you mean %qs?",
		   klpcc_shown(entry->request.symbol), klpcc_shown(similar));
}

/* A variable that may well be there, but cannot be found at run time. */
static bool warn_kallsyms_all(const struct klpcc_unit *unit,
			      const struct klpcc_extern *entry)
{
	if (!(entry->flags & KLPCC_REF_DATA) ||
	    klpcc_index_kallsyms_all(unit->index) != KLPCC_INDEX_KALLSYMS_ALL_NO)
		return false;
	KLPCC_WARN(
		KLPCC_WARN_KALLSYMS_ALL, DECL_SOURCE_LOCATION(entry->decl),
		"%qs may be a variable of the target, but that is a kernel without %<CONFIG_KALLSYMS_ALL%>, which does not know where its variables are",
		klpcc_shown(entry->request.symbol));
	return true;
}

/*
 * Nothing where another unit of the module may define the name: that shows when they are linked,
 * and `klpcc report --undefined` says it then, of what is in the report. A name that a header
 * declares, or a macro such as EXPORT_SYMBOL(), is seldom mistyped, and often another unit's of
 * the patch or asm text's: only for those that the source file itself declares one looks further
 * than to the name.
 */
void klpcc_warn_absent(const struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	location_t loc = DECL_SOURCE_LOCATION(entry->decl);
	const char *file = LOCATION_FILE(loc);

	if (!unit->alone || warn_clone(unit, entry) || from_macro_expansion_at(loc) ||
	    !file || strcmp(file, main_input_filename))
		return;
	if (!warn_module(unit, entry) && !warn_kallsyms_all(unit, entry))
		warn_similar(unit, entry);
}
