// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Refusal: see refusal.h.
 */
#include "attributes.h"
#include "nearby.h"
#include "pragma.h"
#include "refusal.h"

/* ---- candidates -------------------------------------------------------------------- */

/* Whether the source file distinguishes the symbol from all other candidates in its object. */
static bool source_chooses(const struct klpcc_unit *unit,
			   const struct klpcc_extern *entry, uint32_t number,
			   const struct klpcc_index_symbol *symbol)
{
	const struct klpcc_verdict *verdict = &entry->verdict;
	struct klpcc_index_symbol other;

	if (!symbol->source)
		return false;
	for (uint32_t i = 0; i < verdict->symbols; i++) {
		if (verdict->first_symbol + i == number)
			continue;
		klpcc_read_symbol(unit, verdict->first_symbol + i, &other);
		if (klpcc_symbol_candidate(&unit->scope, &entry->request, verdict,
					   &other) &&
		    other.object == symbol->object &&
		    (!other.source || klpcc_same_source(other.source, symbol->source)))
			return false;
	}
	return true;
}

/*
 * The only candidate needs no attribute. Otherwise a source file is better than a position, which
 * changes with the next kernel.
 */
static struct klpcc_candidate make_candidate(const struct klpcc_unit *unit,
					     const struct klpcc_extern *entry,
					     uint32_t number,
					     const struct klpcc_index_symbol *symbol)
{
	const struct klpcc_verdict *verdict = &entry->verdict;
	struct klpcc_candidate candidate = {};

	candidate.object = klpcc_object_name(unit, symbol->object);
	candidate.source = symbol->source;
	candidate.address = symbol->address;
	candidate.sympos = symbol->sympos;
	candidate.letter = symbol->kallsyms_type;
	candidate.in_module = symbol->object != KLPCC_INDEX_VMLINUX;
	candidate.has_address = symbol->has_address;
	candidate.init = symbol->init;
	candidate.say_object =
		!entry->request.object && (verdict->objects > 1 || candidate.in_module ||
					   (verdict->exported_too && !symbol->sympos));
	if (symbol->sympos) {
		candidate.say_source = source_chooses(unit, entry, number, symbol);
		candidate.say_position = !candidate.say_source;
	}
	return candidate;
}

/*
 * Whether the symbol is from the source file that the author named, or, when none is named, from
 * one with the name of the unit: most copies of kernel code keep the file's name.
 */
static bool is_likely(const struct klpcc_unit *unit, const struct klpcc_extern *entry,
		      const struct klpcc_index_symbol *symbol)
{
	const char *file = klpcc_wanted_source(&unit->scope, &entry->request);

	return symbol->source &&
	       klpcc_same_source(file ? file : lbasename(main_input_filename),
				 symbol->source);
}

static void find_candidates(const struct klpcc_unit *unit,
			    const struct klpcc_extern *entry,
			    struct klpcc_candidate_list *list)
{
	const struct klpcc_verdict *verdict = &entry->verdict;

	for (bool likely : { true, false })
		for (uint32_t i = 0; i < verdict->symbols; i++) {
			const uint32_t number = verdict->first_symbol + i;
			struct klpcc_index_symbol symbol;

			klpcc_read_symbol(unit, number, &symbol);
			if (!klpcc_symbol_candidate(&unit->scope, &entry->request,
						    verdict, &symbol) ||
			    is_likely(unit, entry, &symbol) != likely)
				continue;
			list->has_sources |= symbol.source != NULL;
			if (list->count < KLPCC_SHOWN)
				list->candidates[list->count] =
					make_candidate(unit, entry, number, &symbol);
			list->count++;
		}
}

/* ---- names ------------------------------------------------------------------------- */

void klpcc_add_name(struct klpcc_name_list *list, const char *name)
{
	if (list->count < KLPCC_SHOWN)
		list->names[list->count] = name;
	list->count++;
}

void klpcc_find_clones(const struct klpcc_unit *unit, uint32_t object, const char *symbol,
		       struct klpcc_name_list *ret)
{
	uint32_t number = UINT32_MAX;

	*ret = {};
	while (const char *clone = klpcc_nearby_clone(unit, object, symbol, &number))
		klpcc_add_name(ret, clone);
}

/* The objects that contain the symbol. */
static void find_elsewhere(const struct klpcc_unit *unit,
			   const struct klpcc_verdict *verdict,
			   struct klpcc_name_list *list)
{
	uint32_t last = UINT32_MAX;

	for (uint32_t i = 0; i < verdict->symbols; i++) {
		struct klpcc_index_symbol symbol;

		klpcc_read_symbol(unit, verdict->first_symbol + i, &symbol);
		if (symbol.object == last)
			continue;
		last = symbol.object;
		klpcc_add_name(list, klpcc_object_name(unit, last));
	}
}

bool klpcc_object_is_empty(const struct klpcc_unit *unit, uint32_t object)
{
	const uint32_t total = klpcc_index_symbols(unit->index);

	for (uint32_t i = 0; i < total; i++) {
		struct klpcc_index_symbol symbol;

		klpcc_read_symbol(unit, i, &symbol);
		if (symbol.object == object)
			return false;
	}
	return true;
}

/* ---- places ------------------------------------------------------------------------ */

/* The attribute that the refusal is about, else the declaration. */
static location_t place_of(const struct klpcc_extern *entry)
{
	static const char *const concerned[][5] = {
		[KLPCC_VERDICT_ORDINARY] = {},
		[KLPCC_VERDICT_MARK] = {},
		[KLPCC_VERDICT_NO_OBJECT] = { "klp_object" },
		[KLPCC_VERDICT_NO_GATE] = { "klp_gate" },
		[KLPCC_VERDICT_NO_SYMBOL] = { "klp_name", "klp_object", "klp_gate",
					      "klp_sympos", "klp_source" },
		[KLPCC_VERDICT_NO_SOURCE] = { "klp_source" },
		[KLPCC_VERDICT_INIT] = { "klp_sympos", "klp_name", "klp_object" },
		[KLPCC_VERDICT_AMBIGUOUS] = { "klp_source", "klp_sympos", "klp_name",
					      "klp_object", "klp_gate" },
		[KLPCC_VERDICT_BAD_POSITION] = { "klp_sympos" },
	};

	for (const char *name : concerned[entry->verdict.kind])
		if (name && klpcc_attribute_location(entry->decl, name))
			return klpcc_attribute_location(entry->decl, name);
	return DECL_SOURCE_LOCATION(entry->decl);
}

/* The author's own line, when a header declares the name; else UNKNOWN_LOCATION. */
static location_t use_elsewhere(const struct klpcc_extern *entry, location_t place)
{
	const location_t use = linemap_resolve_location(line_table, entry->use,
							LRK_MACRO_EXPANSION_POINT, NULL);
	const char *declared = LOCATION_FILE(place), *used = LOCATION_FILE(use);

	return declared && used && strcmp(declared, used) ? use : UNKNOWN_LOCATION;
}

static enum klpcc_label_macro label_macro(void)
{
	if (klpcc_is_macro("KLP_RELOC_SYMBOL_POS"))
		return KLPCC_LABEL_MACRO_POSITION;
	return klpcc_is_macro("KLP_RELOC_SYMBOL") ? KLPCC_LABEL_MACRO
						  : KLPCC_LABEL_MACRO_NONE;
}

/* ---- all of it ------------------------------------------------------------------- */

/* What the author can write instead depends on what is wrong. */
static void gather_alternatives(const struct klpcc_unit *unit,
				const struct klpcc_extern *entry,
				struct klpcc_refusal *refusal)
{
	const struct klpcc_verdict *verdict = &entry->verdict;

	switch (verdict->kind) {
	case KLPCC_VERDICT_NO_OBJECT:
		refusal->meant = klpcc_nearby_object(unit, refusal->object);
		break;
	case KLPCC_VERDICT_NO_GATE:
		refusal->meant = klpcc_nearby_object(unit, entry->request.gate);
		break;
	case KLPCC_VERDICT_NO_SYMBOL:
		klpcc_find_clones(unit, KLPCC_NEARBY_SCOPE, entry->request.symbol,
				  &refusal->clones);
		if (refusal->clones.count)
			break;
		find_elsewhere(unit, verdict, &refusal->elsewhere);
		refusal->object_is_empty = klpcc_object_is_empty(unit, verdict->object);
		break;
	case KLPCC_VERDICT_AMBIGUOUS:
		if (verdict->exported_too)
			refusal->exporter = klpcc_object_name(unit, verdict->exporter);
		find_candidates(unit, entry, &refusal->candidates);
		break;
	case KLPCC_VERDICT_NO_SOURCE:
	case KLPCC_VERDICT_BAD_POSITION:
		find_candidates(unit, entry, &refusal->candidates);
		break;
	default:
		break;
	}
}

void klpcc_refusal_gather(const struct klpcc_unit *unit, const struct klpcc_extern *entry,
			  struct klpcc_refusal *ret)
{
	const struct klpcc_request *request = &entry->request;
	const struct klpcc_verdict *verdict = &entry->verdict;

	*ret = {};
	ret->decl = entry->decl;
	ret->request = request;
	ret->verdict = verdict;
	ret->place = place_of(entry);
	ret->pragma = request->by_pragma ? klpcc_pragma_location(entry->decl)
					 : UNKNOWN_LOCATION;
	ret->use = use_elsewhere(entry, ret->place);
	ret->object = request->object ? request->object
				      : klpcc_object_name(unit, verdict->object);
	ret->release = klpcc_index_release(unit->index);
	if (request->labelled)
		ret->label_macro = label_macro();
	gather_alternatives(unit, entry, ret);
}
