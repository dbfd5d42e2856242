// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Diagnose: see diagnose.h.
 */
#include "attributes.h"
#include "diagnose-private.h"
#include "klp-ref.h"
#include "lib/printable.h"
#include "nearby.h"
#include "pragma.h"
#include "static-key.h"
#include "warnings.h"

const char *klpcc_shown(const char *name)
{
	char *text = klpcc_printable(name);
	const char *kept = text ? IDENTIFIER_POINTER(get_identifier(text)) : "?";

	free(text);
	return kept;
}

/* The value of --target= in GCC's configuration, as {start, length}. */
static struct klpcc_span machine_of(const struct plugin_gcc_version *version)
{
	static const char option[] = "--target=";
	const char *start = strstr(version->configuration_arguments, option);

	if (!start)
		return klpcc_span_of("this machine");
	start += strlen(option);
	return { start, strcspn(start, " '") };
}

void klpcc_fatal_other_compiler(const struct plugin_gcc_version *built_for,
				const struct plugin_gcc_version *running)
{
	struct klpcc_span built_machine = machine_of(built_for);
	struct klpcc_span machine = machine_of(running);

	fatal_error(
		UNKNOWN_LOCATION,
		"this klpcc plugin was built for GCC %s (%s) for %.*s, and this is GCC %s (%s) for %.*s; build one with %<make plugin PLUGIN_GCC=%> and this compiler",
		built_for->basever, built_for->datestamp, (int)built_machine.len,
		built_machine.start, running->basever, running->datestamp,
		(int)machine.len, machine.start);
}

void klpcc_fatal_language(const char *plugin_name, const char *language)
{
	fatal_error(UNKNOWN_LOCATION, "plugin %qs works on C only, not on %s",
		    plugin_name, language);
}

void klpcc_fatal_lto(const char *plugin_name)
{
	fatal_error(
		UNKNOWN_LOCATION,
		"plugin %qs does not work with link-time optimization: marks are made for one unit at a time; compile with %<-fno-lto%>",
		plugin_name);
}

void klpcc_fatal_precompiled(const char *plugin_name, const char *what)
{
	fatal_error(
		UNKNOWN_LOCATION,
		"plugin %qs cannot %s a precompiled header, which does not keep what attributes and pragmas say; include the header itself",
		plugin_name, what);
}

void klpcc_fatal_missing_option(location_t location, const char *symbol,
				const char *option)
{
	fatal_error(
		location,
		"%qs of the target is out of reach of code that is compiled without %qs; klpcc.mk adds the options that this machine needs, and %<klpcc cflags%> prints them",
		klpcc_shown(symbol), option);
}

void klpcc_fatal_pointers(location_t location, const char *symbol, int size)
{
	fatal_error(
		location,
		"%qs of the target cannot be used by code with pointers of %d bits; compile with %<-m64%>",
		klpcc_shown(symbol), size);
}

void klpcc_fatal_unknown_option(const char *plugin_name, const char *key)
{
	fatal_error(UNKNOWN_LOCATION, "plugin %qs has no option %<-fplugin-arg-%s-%s%>",
		    plugin_name, plugin_name, key);
}

void klpcc_fatal_option_value(const char *plugin_name, const char *key)
{
	fatal_error(UNKNOWN_LOCATION, "%<-fplugin-arg-%s-%s=%> needs a value",
		    plugin_name, key);
}

void klpcc_fatal_option_without_value(const char *plugin_name, const char *key)
{
	fatal_error(UNKNOWN_LOCATION, "%<-fplugin-arg-%s-%s%> takes no value",
		    plugin_name, key);
}

void klpcc_fatal_no_index_option(const char *plugin_name)
{
	fatal_error(
		UNKNOWN_LOCATION,
		"plugin %qs needs %<-fplugin-arg-%s-index=FILE%>: the index of the kernel that the patch is for; make one with %<klpcc index --release RELEASE -o FILE%>",
		plugin_name, plugin_name);
}

/* SAY is GCC's function. */
#define SAY_OBJECT(say, location, meant, format, ...)                       \
	((meant) ? say(location, format "; did you mean %qs?", __VA_ARGS__, \
		       klpcc_shown(meant))                                  \
		 : say(location, format, __VA_ARGS__))

void klpcc_fatal_unknown_object(const char *plugin_name, const char *name,
				const char *meant)
{
	SAY_OBJECT(fatal_error, UNKNOWN_LOCATION, meant,
		   "%<-fplugin-arg-%s-object%> names %qs, which the target does not have",
		   plugin_name, klpcc_shown(name));
}

void klpcc_fatal_index(const char *path, struct klpcc_error *err)
{
	fatal_error(
		UNKNOWN_LOCATION,
		"cannot use the index: %s; make one with %<klpcc index --release RELEASE -o %s%>",
		err->message, klpcc_shown(path));
}

void klpcc_fatal_changed_index(struct klpcc_error *err)
{
	fatal_error(UNKNOWN_LOCATION, "cannot use the index: %s; compile again",
		    err->message);
}

void klpcc_fatal_stale_index(const char *path, const char *has, const char *wanted)
{
	fatal_error(
		UNKNOWN_LOCATION,
		"stale index %qs: it is of kernel release %qs, not of %qs; make one with %<klpcc index --release %s -o %s%>",
		klpcc_shown(path), klpcc_shown(has), klpcc_shown(wanted),
		klpcc_shown(wanted), klpcc_shown(path));
}

void klpcc_fatal_stale_flags(const char *path, const char *has, const char *wanted)
{
	fatal_error(
		UNKNOWN_LOCATION,
		"index %qs is another than the flags are for: its digest is %qs, not %qs; take them again from %<klpcc cflags --index %s%>",
		klpcc_shown(path), has, klpcc_shown(wanted), klpcc_shown(path));
}

void klpcc_fatal_report(struct klpcc_error *err)
{
	fatal_error(UNKNOWN_LOCATION, "cannot write the report: %s",
		    klpcc_shown(err->message));
}

void klpcc_warn_ignored(location_t loc, tree name, tree decl, const char *reason)
{
	if (DECL_P(decl) && DECL_NAME(decl))
		warning_at(loc, OPT_Wattributes, "%qE attribute ignored on %qD: %s", name,
			   decl, reason);
	else
		warning_at(loc, OPT_Wattributes, "%qE attribute ignored: %s", name,
			   reason);
}

void klpcc_error_pragma_malformed(location_t loc, const char *pragma)
{
	if (!strcmp(pragma, "reset"))
		error_at(loc, "%<#pragma klp reset%> takes nothing behind it");
	else
		error_at(
			loc,
			"%<#pragma klp %s%> takes one string: %<#pragma klp %s(\"...\")%>",
			pragma, pragma);
}

void klpcc_error_pragma_object(location_t loc, const char *pragma, const char *name,
			       int name_error, const char *meant)
{
	gcc_rich_location richloc(loc);

	if (meant)
		richloc.add_fixit_replace(
			ACONCAT(("\"", klpcc_shown(meant), "\"", NULL)));
	if (name_error)
		SAY_OBJECT(error_at, &richloc, meant, "%<#pragma klp %s%> of %qs: %s",
			   pragma, klpcc_shown(name), klpcc_name_strerror(name_error));
	else
		SAY_OBJECT(error_at, &richloc, meant,
			   "%<#pragma klp %s%> names %qs, which the target does not have",
			   pragma, klpcc_shown(name));
}

void klpcc_error_empty(location_t loc, tree name)
{
	error_at(loc, "%qE attribute argument is empty", name);
}

void klpcc_error_not_string(location_t loc, tree name)
{
	error_at(loc, "%qE attribute argument is not a string constant", name);
}

void klpcc_error_bad_name(location_t loc, tree name, const char *text, int name_error,
			  const char *meant)
{
	SAY_OBJECT(error_at, loc, meant, "%qE attribute argument %qs: %s", name,
		   klpcc_shown(text), klpcc_name_strerror(name_error));
}

void klpcc_error_klp_object(location_t loc, const char *name, int name_error,
			    const char *meant)
{
	SAY_OBJECT(error_at, loc, meant,
		   "%<struct klp_object%> names %qs, as no module is named: %s",
		   klpcc_shown(name), klpcc_name_strerror(name_error));
}

void klpcc_error_not_position(location_t loc, tree name)
{
	error_at(loc, "%qE attribute argument is not an integer constant from 0 to %u",
		 name, UINT_MAX);
}

void klpcc_error_repeated(location_t loc, location_t other, tree name, tree decl)
{
	auto_diagnostic_group group;

	error_at(loc, "%qE attribute of %qD given with different arguments", name, decl);
	inform(other, "the other argument is here");
}

void klpcc_error_contradiction(location_t loc, location_t other, tree name,
			       tree other_name, tree decl)
{
	auto_diagnostic_group group;

	error_at(loc, "%qE and %qE attributes of %qD contradict each other", name,
		 other_name, decl);
	if (other != loc)
		inform(other, "%qE is given here", other_name);
}

void klpcc_error_two_declarations(tree decl, tree other, const char *name)
{
	auto_diagnostic_group group;

	error_at(DECL_SOURCE_LOCATION(other),
		 "%qD and %qD are both %qs to the assembler, but mean different symbols",
		 other, decl, klpcc_shown(name));
	inform(DECL_SOURCE_LOCATION(decl), "%qD is declared here", decl);
}

void klpcc_error_bad_label(tree decl, const char *label, int name_error,
			   const char *meant)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);

	if (name_error)
		SAY_OBJECT(error_at, loc, meant, "assembler name %qs of %qD: %s",
			   klpcc_shown(label), decl, klpcc_name_strerror(name_error));
	else
		error_at(
			loc,
			"assembler name %qs of %qD needs quotes inside, for its comma: %<asm(\"\\\"...\\\"\")%>",
			klpcc_shown(label), decl);
}

void klpcc_error_labelled(location_t loc, tree name, tree decl)
{
	error_at(loc,
		 "%qE attribute of %qD, whose assembler name chooses a symbol already",
		 name, decl);
}

static char *place_of_symbol(const struct klpcc_unit *unit,
			     const struct klpcc_index_symbol *symbol)
{
	if (symbol->object != KLPCC_INDEX_VMLINUX)
		return xasprintf("of module %s,",
				 klpcc_shown(klpcc_object_name(unit, symbol->object)));
	if (symbol->has_address)
		return xasprintf("at 0x%llx,", (unsigned long long)symbol->address);
	return xstrdup("of");
}

/* "at 0xffffffff81000000, type t, in fs/x.c", as far as it is known. */
static char *describe(const struct klpcc_unit *unit,
		      const struct klpcc_index_symbol *symbol)
{
	char *place = place_of_symbol(unit, symbol);
	char *text = xasprintf("%s type %c%s%s%s", place, symbol->kallsyms_type,
			       symbol->source ? ", in " : "",
			       symbol->source ? klpcc_shown(symbol->source) : "",
			       symbol->init ? ", in init memory" : "");

	free(place);
	return text;
}

/* Whether the source file tells the symbol from every other candidate of its object. */
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
 * What to write behind the declaration to mean the symbol, NULL when it is the only one: a source
 * file rather than a position, which is another one in the next kernel. Spelled as klpcc.h's
 * macros leave it alone.
 */
static char *attributes_for(const struct klpcc_unit *unit,
			    const struct klpcc_extern *entry, uint32_t number,
			    const struct klpcc_index_symbol *symbol)
{
	const bool say_object =
		!entry->request.object &&
		(entry->verdict.objects > 1 || symbol->object != KLPCC_INDEX_VMLINUX ||
		 (entry->verdict.exported_too && !symbol->sympos));
	char *object =
		say_object
			? xasprintf("__klp_object__(\"%s\")",
				    klpcc_shown(klpcc_object_name(unit, symbol->object)))
			: xstrdup("");
	char *which, *text;

	if (!symbol->sympos)
		which = xstrdup("");
	else if (source_chooses(unit, entry, number, symbol))
		which = xasprintf("__klp_source__(\"%s\")", klpcc_shown(symbol->source));
	else
		which = xasprintf("__klp_sympos__(%u)", symbol->sympos);
	text = *object || *which ? xasprintf("__attribute__((%s%s%s))", object,
					     *object && *which ? ", " : "", which)
				 : NULL;
	free(object);
	free(which);
	return text;
}

void klpcc_note_others(location_t loc, uint32_t total)
{
	if (total > KLPCC_SHOWN)
		inform_n(loc, total - KLPCC_SHOWN, "and %u other", "and %u others",
			 total - KLPCC_SHOWN);
}

/*
 * Of the file that was said, which then has several; and where none was said, of one that the unit
 * is named after: most copies of the kernel's code are.
 */
static bool is_likely(const struct klpcc_unit *unit, const struct klpcc_extern *entry,
		      const struct klpcc_index_symbol *symbol)
{
	const char *file = klpcc_wanted_source(&unit->scope, &entry->request);

	return symbol->source &&
	       klpcc_same_source(file ? file : lbasename(main_input_filename),
				 symbol->source);
}

/* The macro of the sources that this form comes from, where they have it. */
static void note_label(const struct klpcc_extern *entry, location_t loc,
		       unsigned int sympos, const char *text)
{
	const struct klpcc_request *request = &entry->request;

	if (klpcc_is_macro("KLP_RELOC_SYMBOL_POS"))
		inform(loc, "%<KLP_RELOC_SYMBOL_POS(%s, %s, %s, %u)%> for the one %s",
		       klpcc_shown(request->gate), klpcc_shown(request->object),
		       klpcc_shown(request->symbol), sympos, text);
	else if (klpcc_is_macro("KLP_RELOC_SYMBOL"))
		inform(loc,
		       "a macro that ends the name with %<,%u%>, where %<KLP_RELOC_SYMBOL%> has %<,0%>, for the one %s",
		       sympos, text);
	else
		inform(loc, "%<,%u%> at the end of the name for the one %s", sympos,
		       text);
}

static void note_candidate(const struct klpcc_unit *unit,
			   const struct klpcc_extern *entry, location_t loc,
			   uint32_t number, const struct klpcc_index_symbol *symbol)
{
	char *attributes = attributes_for(unit, entry, number, symbol);
	char *text = describe(unit, symbol);

	if (entry->request.labelled)
		note_label(entry, loc, symbol->sympos, text);
	else if (attributes)
		inform(loc, "%qs for the one %s", attributes, text);
	else
		inform(loc, "it is the one %s", text);
	free(text);
	free(attributes);
}

/* A note for each symbol that can be chosen, with the text that does; the likely ones first. */
static void list_candidates(const struct klpcc_unit *unit,
			    const struct klpcc_extern *entry, location_t loc)
{
	const struct klpcc_verdict *verdict = &entry->verdict;
	bool sources = false;
	uint32_t listed = 0;

	for (bool likely : { true, false })
		for (uint32_t i = 0; i < verdict->symbols; i++) {
			const uint32_t number = verdict->first_symbol + i;
			struct klpcc_index_symbol symbol;

			klpcc_read_symbol(unit, number, &symbol);
			if (!klpcc_symbol_candidate(&unit->scope, &entry->request,
						    verdict, &symbol) ||
			    is_likely(unit, entry, &symbol) != likely)
				continue;
			sources |= symbol.source != NULL;
			if (listed++ < KLPCC_SHOWN)
				note_candidate(unit, entry, loc, number, &symbol);
		}
	klpcc_note_others(loc, listed);
	/* An assembler name has no place for one. */
	if (!sources && verdict->candidates > 1 && !entry->request.labelled)
		inform(loc,
		       "the index does not know their source files: with %<klpcc index --debug%> it does (Debian: package linux-image-%s-dbg)",
		       klpcc_shown(klpcc_index_release(unit->index)));
}

/* Names the objects that do have the symbol; or says that the object was not indexed. */
static void point_elsewhere(const struct klpcc_unit *unit,
			    const struct klpcc_extern *entry, location_t loc)
{
	const struct klpcc_verdict *verdict = &entry->verdict;
	uint32_t last = UINT32_MAX, total = klpcc_index_symbols(unit->index);
	uint32_t listed = 0;
	struct klpcc_index_symbol symbol;

	for (uint32_t i = 0; i < verdict->symbols; i++) {
		klpcc_read_symbol(unit, verdict->first_symbol + i, &symbol);
		if (symbol.object == last)
			continue;
		last = symbol.object;
		if (listed++ < KLPCC_SHOWN)
			inform(loc, "%qs has a symbol %qs",
			       klpcc_shown(klpcc_object_name(unit, last)),
			       klpcc_shown(entry->request.symbol));
	}
	klpcc_note_others(loc, listed);
	for (uint32_t i = 0; i < total; i++) {
		klpcc_read_symbol(unit, i, &symbol);
		if (symbol.object == verdict->object)
			return;
	}
	inform(loc,
	       "the index holds no symbol of that object at all: %<klpcc index --modules%> reads them");
}

/* The attribute of entry that a refusal is about, else the declaration. */
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

static void error_ambiguous(const struct klpcc_extern *entry, location_t loc,
			    const char *object)
{
	const struct klpcc_verdict *verdict = &entry->verdict;

	if (verdict->exported_too && verdict->exporter == KLPCC_INDEX_VMLINUX)
		error_at(
			loc,
			"%qs is not unique: %qs exports one, and something else has that name, too",
			klpcc_shown(entry->request.symbol), KLPCC_VMLINUX);
	else if (verdict->exported_too)
		error_at(
			loc,
			"%qs is not unique: an object that this unit is for has a symbol of that name, and another module exports one",
			klpcc_shown(entry->request.symbol));
	else if (verdict->objects > 1)
		error_at(
			loc,
			"%qs is not unique: %u objects that this unit is for have %u symbols of that name",
			klpcc_shown(entry->request.symbol), verdict->objects,
			verdict->candidates);
	else
		error_at(loc, "%qs is not unique: %qs has %u symbols of that name",
			 klpcc_shown(entry->request.symbol), klpcc_shown(object),
			 verdict->candidates);
}

static void error_no_object(const struct klpcc_unit *unit, location_t loc,
			    const struct klpcc_extern *entry, const char *attribute,
			    const char *object)
{
	const char *meant = klpcc_nearby_object(unit, object);

	if (entry->request.labelled)
		SAY_OBJECT(
			error_at, loc, meant,
			"the assembler name of %qD names %qs, which the target does not have",
			entry->decl, klpcc_shown(object));
	else
		SAY_OBJECT(error_at, loc, meant,
			   "%qs of %qD names %qs, which the target does not have",
			   attribute, entry->decl, klpcc_shown(object));
}

/* Where a header declares it, the author's own line. */
static void note_use(const struct klpcc_extern *entry, location_t loc)
{
	const location_t use = linemap_resolve_location(line_table, entry->use,
							LRK_MACRO_EXPANSION_POINT, NULL);
	const char *declared = LOCATION_FILE(loc), *used = LOCATION_FILE(use);

	if (declared && used && strcmp(declared, used))
		inform(use, "first used here");
}

void klpcc_error_refusal(const struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	const struct klpcc_request *request = &entry->request;
	const struct klpcc_verdict *verdict = &entry->verdict;
	const char *object = request->object ? request->object
					     : klpcc_object_name(unit, verdict->object);
	location_t loc = place_of(entry);
	auto_diagnostic_group group;

	switch (verdict->kind) {
	case KLPCC_VERDICT_ORDINARY:
	case KLPCC_VERDICT_MARK:
		gcc_unreachable();
	case KLPCC_VERDICT_NO_OBJECT:
		error_no_object(unit, loc, entry, "klp_object", object);
		break;
	case KLPCC_VERDICT_NO_GATE:
		error_no_object(unit, loc, entry, "klp_gate", request->gate);
		break;
	case KLPCC_VERDICT_NO_SYMBOL:
		error_at(loc, "%qs has no symbol %qs", klpcc_shown(object),
			 klpcc_shown(request->symbol));
		if (!klpcc_note_clones(unit, request->symbol, loc))
			point_elsewhere(unit, entry, loc);
		break;
	case KLPCC_VERDICT_NO_SOURCE:
		error_at(loc, "%qs of %qs does not come from %qs",
			 klpcc_shown(request->symbol), klpcc_shown(object),
			 klpcc_shown(request->source));
		list_candidates(unit, entry, loc);
		break;
	case KLPCC_VERDICT_INIT:
		KLPCC_WARN(KLPCC_WARN_INIT, loc,
			   "%qs of %qs lives in init memory, which is gone by now",
			   klpcc_shown(request->symbol), klpcc_shown(object));
		break;
	case KLPCC_VERDICT_AMBIGUOUS:
		error_ambiguous(entry, loc, object);
		list_candidates(unit, entry, loc);
		if (verdict->exported_too)
			inform(loc, "%qs for the one that %qs exports",
			       "__attribute__((__klp_ordinary__))",
			       klpcc_shown(klpcc_object_name(unit, verdict->exporter)));
		break;
	case KLPCC_VERDICT_BAD_POSITION:
		error_at(loc, "there is no %qs at position %u: %qs has %u of that name",
			 klpcc_shown(request->symbol), request->sympos,
			 klpcc_shown(object), verdict->candidates);
		if (verdict->candidates > 1)
			list_candidates(unit, entry, loc);
		break;
	}
	if (request->by_pragma)
		inform(klpcc_pragma_location(entry->decl), "by this pragma");
	note_use(entry, loc);
}

static void warn_weak(const struct klpcc_extern *entry)
{
	tree decl = entry->decl;

	/* A weakref is weak by nature. */
	if (DECL_WEAK(decl) && !lookup_attribute("weakref", DECL_ATTRIBUTES(decl)))
		KLPCC_WARN(
			KLPCC_WARN_WEAK, DECL_SOURCE_LOCATION(decl),
			"%qD is weak, but is taken from the target: where that lacks it the patch is refused, and its address is never null",
			decl);
	if (DECL_VISIBILITY_SPECIFIED(decl) &&
	    DECL_VISIBILITY(decl) != VISIBILITY_DEFAULT)
		KLPCC_WARN(
			KLPCC_WARN_HIDDEN, DECL_SOURCE_LOCATION(decl),
			"%qD is declared to be defined in this module, but is taken from the target",
			decl);
}

/* How to do without the branch. That on a tracepoint's key is in the kernel's header. */
static void note_key_value(const struct klpcc_extern *entry, const char *key)
{
	const char *test, *tracepoint = klpcc_static_key_tracepoint(entry->decl, &test);

	if (!tracepoint) {
		inform(entry->key_use, "ask for its value: %<static_key_enabled(&%s)%>",
		       key);
		return;
	}
	inform(entry->key_use,
	       "%<trace_%s()%> and %<trace_%s_enabled()%> ask for its value with %<#undef %s%> and %<#define %s static_key_enabled%> behind %<#include <linux/tracepoint.h>%> and before the header that declares them",
	       tracepoint, tracepoint, test, test);
}

static void warn_static_key(const struct klpcc_unit *unit,
			    const struct klpcc_extern *entry)
{
	const char *object = klpcc_object_name(unit, entry->verdict.object);
	char *name = klpcc_static_key_name(entry->decl);
	auto_diagnostic_group group;

	if (KLPCC_WARN(
		    KLPCC_WARN_STATIC_KEY, entry->key_use,
		    "static key %qs of module %qs is used in a branch that the kernel patches before it knows the symbols of the module",
		    name, klpcc_shown(object)))
		note_key_value(entry, name);
	free(name);
}

/*
 * The address of a function for an indirect call. Where the index does not know which functions
 * are sealed, that is said once.
 */
static void warn_seal(struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	const char *symbol = entry->request.symbol;
	struct klpcc_index_object object;
	struct klpcc_index_symbol found;
	auto_diagnostic_group group;

	klpcc_read_symbol(unit, entry->verdict.symbol, &found);
	klpcc_unit_check(unit, klpcc_index_object(unit->index, found.object, &object));
	if (found.sealed) {
		if (KLPCC_WARN(
			    KLPCC_WARN_SEAL, entry->address_use,
			    "the address of %qs is taken, but %qs has sealed that function: a call through a pointer to it is a fault where the processor tracks indirect branches",
			    klpcc_shown(symbol), klpcc_shown(object.name)))
			inform(entry->address_use,
			       "call it directly, or point to a function of the patch that does");
	} else if (!object.seals_known && !unit->seals_unknown_said) {
		unit->seals_unknown_said = true;
		if (KLPCC_WARN(
			    KLPCC_WARN_SEAL_UNKNOWN, entry->address_use,
			    "the address of %qs is taken, and the index does not know whether %qs has sealed that function",
			    klpcc_shown(symbol), klpcc_shown(object.name)))
			inform(entry->address_use,
			       "an index that is made with %<--image%>, %<--vmlinux%> or %<--modules%> does");
	}
}

void klpcc_warn_marked(struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	warn_weak(entry);
	if (KLPCC_TARGET_HAS_ENDBR && entry->address_use != UNKNOWN_LOCATION &&
	    !(entry->flags & KLPCC_REF_DATA))
		warn_seal(unit, entry);
	if (entry->key_use != UNKNOWN_LOCATION)
		warn_static_key(unit, entry);
}

void klpcc_error_unmarkable(const struct klpcc_extern *entry, int name_error)
{
	error_at(DECL_SOURCE_LOCATION(entry->decl), "%qs cannot be marked: %s",
		 klpcc_shown(entry->request.symbol), klpcc_name_strerror(name_error));
}
