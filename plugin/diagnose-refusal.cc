// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Diagnose, names that are refused: see diagnose.h.
 */
#include "diagnose-private.h"
#include "facts.h"
#include "resolve.h"
#include "warnings.h"

void klpcc_note_others(location_t loc, uint32_t total)
{
	if (total > KLPCC_SHOWN)
		inform_n(loc, total - KLPCC_SHOWN, "and %u other", "and %u others",
			 total - KLPCC_SHOWN);
}

static char *place_of_candidate(const struct klpcc_candidate *candidate)
{
	if (candidate->in_module)
		return xasprintf("in module %s,", klpcc_shown(candidate->object));
	if (candidate->has_address)
		return xasprintf("at 0x%llx,", (unsigned long long)candidate->address);
	return xstrdup("of");
}

char *klpcc_describe_candidate(const struct klpcc_candidate *candidate)
{
	char *place = place_of_candidate(candidate);
	char *text = xasprintf("%s type %c%s%s%s", place, candidate->letter,
			       candidate->source ? ", in " : "",
			       candidate->source ? klpcc_shown(candidate->source) : "",
			       candidate->init ? ", in init memory" : "");

	free(place);
	return text;
}

/*
 * What to write after the declaration to mean the candidate, NULL when nothing has to be. Spelled
 * as klpcc.h's macros leave it alone.
 */
static char *attributes_for(const struct klpcc_candidate *candidate)
{
	char *object = candidate->say_object ? xasprintf("__klp_object__(\"%s\")",
							 klpcc_shown(candidate->object))
					     : xstrdup("");
	char *which, *text;

	if (candidate->say_source)
		which = xasprintf("__klp_source__(\"%s\")",
				  klpcc_shown(candidate->source));
	else if (candidate->say_position)
		which = xasprintf("__klp_sympos__(%u)", candidate->sympos);
	else
		which = xstrdup("");
	text = *object || *which ? xasprintf("__attribute__((%s%s%s))", object,
					     *object && *which ? ", " : "", which)
				 : NULL;
	free(object);
	free(which);
	return text;
}

/* The macro of the sources that this form comes from, where they have it. */
static void note_label(const struct klpcc_refusal *refusal, unsigned int sympos,
		       const char *text)
{
	const struct klpcc_request *request = refusal->request;
	location_t loc = refusal->place;

	switch (refusal->label_macro) {
	case KLPCC_LABEL_MACRO_POSITION:
		inform(loc, "%<KLP_RELOC_SYMBOL_POS(%s, %s, %s, %u)%> for the one %s",
		       klpcc_shown(request->gate), klpcc_shown(request->object),
		       klpcc_shown(request->symbol), sympos, text);
		break;
	case KLPCC_LABEL_MACRO:
		inform(loc,
		       "a macro that ends the name with %<,%u%>, where %<KLP_RELOC_SYMBOL%> has %<,0%>, for the one %s",
		       sympos, text);
		break;
	case KLPCC_LABEL_MACRO_NONE:
		inform(loc, "%<,%u%> at the end of the name for the one %s", sympos,
		       text);
		break;
	}
}

static void note_candidate(const struct klpcc_refusal *refusal,
			   const struct klpcc_candidate *candidate)
{
	char *attributes = attributes_for(candidate);
	char *text = klpcc_describe_candidate(candidate);

	if (refusal->request->labelled)
		note_label(refusal, candidate->sympos, text);
	else if (attributes)
		inform(refusal->place, "%qs for the one %s", attributes, text);
	else
		inform(refusal->place, "it is the one %s", text);
	free(text);
	free(attributes);
}

/* A note for each symbol that can be chosen, with the text that does. */
static void note_candidates(const struct klpcc_refusal *refusal)
{
	const struct klpcc_candidate_list *list = &refusal->candidates;

	for (uint32_t i = 0; i < list->count && i < KLPCC_SHOWN; i++)
		note_candidate(refusal, &list->candidates[i]);
	klpcc_note_others(refusal->place, list->count);
	/* An assembler name has no place for one. */
	if (!list->has_sources && refusal->verdict->candidates > 1 &&
	    !refusal->request->labelled)
		inform(refusal->place,
		       "the index does not know their source files: with %<klpcc index --debug%> it does (Debian: package linux-image-%s-dbg)",
		       klpcc_shown(refusal->release));
}

void klpcc_note_clones(location_t loc, const struct klpcc_name_list *clones)
{
	for (uint32_t i = 0; i < clones->count && i < KLPCC_SHOWN; i++)
		inform(loc, "the target has %qs", klpcc_shown(clones->names[i]));
	klpcc_note_others(loc, clones->count);
}

/* Names the objects that do have the symbol; or says that the object was not indexed. */
static void note_elsewhere(const struct klpcc_refusal *refusal)
{
	const struct klpcc_name_list *objects = &refusal->elsewhere;

	for (uint32_t i = 0; i < objects->count && i < KLPCC_SHOWN; i++)
		inform(refusal->place, "%qs has a symbol %qs",
		       klpcc_shown(objects->names[i]),
		       klpcc_shown(refusal->request->symbol));
	klpcc_note_others(refusal->place, objects->count);
	if (refusal->object_is_empty)
		inform(refusal->place,
		       "the index contains no symbols of that object: %<klpcc index --modules%> adds them");
}

static void error_ambiguous(const struct klpcc_refusal *refusal)
{
	const struct klpcc_verdict *verdict = refusal->verdict;
	const char *symbol = klpcc_shown(refusal->request->symbol);
	location_t loc = refusal->place;

	if (verdict->exported_too && verdict->exporter == KLPCC_INDEX_VMLINUX)
		error_at(
			loc,
			"%qs is not unique: %qs exports one, and another symbol has the same name",
			symbol, KLPCC_VMLINUX);
	else if (verdict->exported_too)
		error_at(
			loc,
			"%qs is not unique: an object that this file may refer to has a symbol of that name, and another module exports one",
			symbol);
	else if (verdict->objects > 1)
		error_at(
			loc,
			"%qs is not unique: %u objects that this file may refer to have %u symbols of that name",
			symbol, verdict->objects, verdict->candidates);
	else
		error_at(loc, "%qs is not unique: %qs has %u symbols of that name",
			 symbol, klpcc_shown(refusal->object), verdict->candidates);
}

static void error_no_object(const struct klpcc_refusal *refusal, const char *attribute,
			    const char *object)
{
	location_t loc = refusal->place;

	if (refusal->request->labelled)
		SAY_OBJECT(
			error_at, loc, refusal->meant,
			"the assembler name of %qD names %qs, which the target does not have",
			refusal->decl, klpcc_shown(object));
	else
		SAY_OBJECT(error_at, loc, refusal->meant,
			   "%qs of %qD names %qs, which the target does not have",
			   attribute, refusal->decl, klpcc_shown(object));
}

static void error_no_symbol(const struct klpcc_refusal *refusal)
{
	error_at(refusal->place, "%qs has no symbol %qs", klpcc_shown(refusal->object),
		 klpcc_shown(refusal->request->symbol));
	klpcc_note_clones(refusal->place, &refusal->clones);
	note_elsewhere(refusal);
}

/* What is wrong, and what to write instead. */
static void error_by_verdict(const struct klpcc_refusal *refusal)
{
	const struct klpcc_request *request = refusal->request;
	const struct klpcc_verdict *verdict = refusal->verdict;
	const char *object = klpcc_shown(refusal->object);
	const char *symbol = klpcc_shown(request->symbol);
	location_t loc = refusal->place;

	switch (verdict->kind) {
	case KLPCC_VERDICT_ORDINARY:
	case KLPCC_VERDICT_MARK:
		gcc_unreachable();
	case KLPCC_VERDICT_NO_OBJECT:
		error_no_object(refusal, "klp_object", refusal->object);
		break;
	case KLPCC_VERDICT_NO_GATE:
		error_no_object(refusal, "klp_gate", request->gate);
		break;
	case KLPCC_VERDICT_NO_SYMBOL:
		error_no_symbol(refusal);
		break;
	case KLPCC_VERDICT_NO_SOURCE:
		error_at(loc, "%qs of %qs does not come from %qs", symbol, object,
			 klpcc_shown(request->source));
		note_candidates(refusal);
		break;
	case KLPCC_VERDICT_INIT:
		KLPCC_WARN(KLPCC_WARN_INIT, loc,
			   "%qs of %qs is in init memory, which the kernel has freed",
			   symbol, object);
		break;
	case KLPCC_VERDICT_AMBIGUOUS:
		error_ambiguous(refusal);
		note_candidates(refusal);
		if (refusal->exporter)
			inform(loc, "%qs for the one that %qs exports",
			       "__attribute__((__klp_ordinary__))",
			       klpcc_shown(refusal->exporter));
		break;
	case KLPCC_VERDICT_BAD_POSITION:
		error_at(loc, "there is no %qs at position %u: %qs has %u of that name",
			 symbol, request->sympos, object, verdict->candidates);
		if (verdict->candidates > 1)
			note_candidates(refusal);
		break;
	}
}

void klpcc_error_refusal(const struct klpcc_refusal *refusal)
{
	auto_diagnostic_group group;

	error_by_verdict(refusal);
	if (refusal->pragma != UNKNOWN_LOCATION)
		inform(refusal->pragma, "because of this pragma");
	if (refusal->use != UNKNOWN_LOCATION)
		inform(refusal->use, "first used here");
}
