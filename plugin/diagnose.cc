// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Diagnose: see diagnose.h.
 */
#include "attributes.h"
#include "diagnose.h"
#include "lib/printable.h"
#include "warnings.h"

/* How an attribute is written where klpcc.h's macros may stand in the way. */
#define SYMPOS_ATTRIBUTE "__attribute__((__klp_sympos__(%u)))"

/*
 * A name from the index or from an attribute, safe for a terminal: GCC prints a %s as it is.
 * Kept among GCC's identifiers, so that nobody has to free it.
 */
static const char *shown(const char *name)
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

	fatal_error(UNKNOWN_LOCATION,
		    "this klpcc plugin was built for GCC %s (%s) for %.*s, and this is "
		    "GCC %s (%s) for %.*s; build one with %<make plugin PLUGIN_GCC=%> "
		    "and this compiler",
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
		"plugin %qs does not work with link-time optimization: marks are made "
		"for one unit at a time; compile with %<-fno-lto%>",
		plugin_name);
}

void klpcc_fatal_missing_option(location_t location, const char *symbol,
				const char *option)
{
	fatal_error(location,
		    "%qs of the target is out of reach of code that is compiled without "
		    "%qs; klpcc.mk adds the options that this machine needs, and "
		    "%<klpcc cflags%> prints them",
		    shown(symbol), option);
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
	fatal_error(UNKNOWN_LOCATION,
		    "plugin %qs needs %<-fplugin-arg-%s-index=FILE%>: the index of the "
		    "kernel that the patch is for; make one with %<klpcc index --release "
		    "RELEASE -o FILE%>",
		    plugin_name, plugin_name);
}

void klpcc_fatal_index(const char *path, struct klpcc_error *err)
{
	fatal_error(UNKNOWN_LOCATION,
		    "cannot use the index: %s; make one with %<klpcc index --release "
		    "RELEASE -o %s%>",
		    err->message, shown(path));
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
		"stale index %qs: it is of kernel release %qs, not of %qs; make one with "
		"%<klpcc index --release %s -o %s%>",
		shown(path), shown(has), shown(wanted), shown(wanted), shown(path));
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

void klpcc_error_not_string(location_t loc, tree name)
{
	error_at(loc, "%qE attribute argument is not a string constant", name);
}

void klpcc_error_bad_name(location_t loc, tree name, const char *text, int name_error)
{
	error_at(loc, "%qE attribute argument %qs: %s", name, shown(text),
		 klpcc_name_strerror(name_error));
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
		 other, decl, shown(name));
	inform(DECL_SOURCE_LOCATION(decl), "%qD is declared here", decl);
}

static void fatal_damaged(const struct klpcc_unit *unit, struct klpcc_error *err)
{
	if (err)
		klpcc_fatal_index(unit->options.index_path, err);
}

/* "at 0xffffffff81000000, type t, in fs/x.c", as far as it is known. */
static char *describe(const struct klpcc_index_symbol *symbol)
{
	unsigned long long address = symbol->address;
	char *place =
		symbol->has_address ? xasprintf("at 0x%llx,", address) : xstrdup("of");
	char *text = xasprintf("%s type %c%s%s%s", place, symbol->kallsyms_type,
			       symbol->source ? ", in " : "",
			       symbol->source ? shown(symbol->source) : "",
			       symbol->init ? ", in init memory" : "");

	free(place);
	return text;
}

/* One note for each symbol that a position can choose. */
static void list_candidates(const struct klpcc_unit *unit,
			    const struct klpcc_extern *entry, location_t loc)
{
	const struct klpcc_verdict *verdict = &entry->verdict;

	for (uint32_t i = 0; i < verdict->symbols; i++) {
		struct klpcc_index_symbol symbol;
		char *text;

		fatal_damaged(unit,
			      klpcc_index_symbol(unit->index, verdict->first_symbol + i,
						 &symbol));
		if (symbol.object != verdict->object || !klpcc_symbol_counted(&symbol))
			continue;
		text = describe(&symbol);
		inform(loc, "%<" SYMPOS_ATTRIBUTE "%> for the one %s", symbol.sympos,
		       text);
		free(text);
	}
}

/* Names the objects that do have the symbol; or says that the object was not indexed. */
static void point_elsewhere(const struct klpcc_unit *unit,
			    const struct klpcc_extern *entry, location_t loc)
{
	const struct klpcc_verdict *verdict = &entry->verdict;
	uint32_t last = UINT32_MAX, total = klpcc_index_symbols(unit->index);
	struct klpcc_index_symbol symbol;
	struct klpcc_index_object object;

	for (uint32_t i = 0; i < verdict->symbols; i++) {
		fatal_damaged(unit,
			      klpcc_index_symbol(unit->index, verdict->first_symbol + i,
						 &symbol));
		if (symbol.object == last)
			continue;
		last = symbol.object;
		fatal_damaged(unit, klpcc_index_object(unit->index, last, &object));
		inform(loc, "%qs has a symbol %qs", shown(object.name),
		       shown(entry->request.symbol));
	}
	for (uint32_t i = 0; i < total; i++) {
		fatal_damaged(unit, klpcc_index_symbol(unit->index, i, &symbol));
		if (symbol.object == verdict->object)
			return;
	}
	inform(loc, "the index holds no symbol of that object at all: "
		    "%<klpcc index --modules%> reads them");
}

/* The attribute of entry that a refusal is about, else the declaration. */
static location_t place_of(const struct klpcc_extern *entry)
{
	static const char *const concerned[][4] = {
		[KLPCC_VERDICT_ORDINARY] = {},
		[KLPCC_VERDICT_MARK] = {},
		[KLPCC_VERDICT_NO_OBJECT] = { "klp_object" },
		[KLPCC_VERDICT_NO_GATE] = { "klp_gate" },
		[KLPCC_VERDICT_NO_SYMBOL] = { "klp_name", "klp_object", "klp_gate",
					      "klp_sympos" },
		[KLPCC_VERDICT_INIT] = { "klp_sympos", "klp_name", "klp_object" },
		[KLPCC_VERDICT_AMBIGUOUS] = { "klp_sympos", "klp_name", "klp_object",
					      "klp_gate" },
		[KLPCC_VERDICT_BAD_POSITION] = { "klp_sympos" },
	};

	for (const char *name : concerned[entry->verdict.kind])
		if (name && klpcc_attribute_location(entry->decl, name))
			return klpcc_attribute_location(entry->decl, name);
	return DECL_SOURCE_LOCATION(entry->decl);
}

void klpcc_error_refusal(const struct klpcc_unit *unit, const struct klpcc_extern *entry)
{
	const struct klpcc_request *request = &entry->request;
	const struct klpcc_verdict *verdict = &entry->verdict;
	const char *object = request->object ? request->object : KLPCC_VMLINUX;
	location_t loc = place_of(entry);
	auto_diagnostic_group group;

	switch (verdict->kind) {
	case KLPCC_VERDICT_ORDINARY:
	case KLPCC_VERDICT_MARK:
		gcc_unreachable();
	case KLPCC_VERDICT_NO_OBJECT:
		error_at(
			loc,
			"%<klp_object%> of %qD names %qs, which the target does not have",
			entry->decl, shown(object));
		break;
	case KLPCC_VERDICT_NO_GATE:
		error_at(loc,
			 "%<klp_gate%> of %qD names %qs, which the target does not have",
			 entry->decl, shown(request->gate));
		break;
	case KLPCC_VERDICT_NO_SYMBOL:
		error_at(loc, "%qs has no symbol %qs", shown(object),
			 shown(request->symbol));
		point_elsewhere(unit, entry, loc);
		break;
	case KLPCC_VERDICT_INIT:
		error_at(loc, "%qs of %qs lives in init memory, which is gone by now",
			 shown(request->symbol), shown(object));
		break;
	case KLPCC_VERDICT_AMBIGUOUS:
		error_at(loc, "%qs is not unique: %qs has %u symbols of that name",
			 shown(request->symbol), shown(object), verdict->positions);
		list_candidates(unit, entry, loc);
		break;
	case KLPCC_VERDICT_BAD_POSITION:
		error_at(loc, "there is no %qs at position %u: %qs has %u of that name",
			 shown(request->symbol), request->sympos, shown(object),
			 verdict->positions);
		if (verdict->positions > 1)
			list_candidates(unit, entry, loc);
		break;
	}
}

void klpcc_error_unmarkable(const struct klpcc_extern *entry, int name_error)
{
	error_at(DECL_SOURCE_LOCATION(entry->decl), "%qs cannot be marked: %s",
		 shown(entry->request.symbol), klpcc_name_strerror(name_error));
}

/* "3 parameters" */
static const char *counted(uint64_t count, const char *one, const char *many)
{
	char *text =
		xasprintf("%llu %s", (unsigned long long)count, count == 1 ? one : many);
	const char *kept = IDENTIFIER_POINTER(get_identifier(text));

	free(text);
	return kept;
}

static const char *bytes(uint64_t count)
{
	return counted(count, "byte", "bytes");
}

/* The place in a declaration, in front of its name. */
static const char *place_in(const struct klpcc_extern *entry,
			    const struct klpcc_type_difference *difference)
{
	char *text;
	const char *kept;

	if (TREE_CODE(entry->decl) != FUNCTION_DECL)
		return "";
	if (!difference->parameter)
		return "the return type of ";
	text = xasprintf("parameter %u of ", difference->parameter);
	kept = IDENTIFIER_POINTER(get_identifier(text));
	free(text);
	return kept;
}

/* Types by their words, or, where these are the same, by their sizes. */
static bool warn_type_of_place(const struct klpcc_extern *entry,
			       const struct klpcc_type_difference *difference,
			       const char *here, const char *there)
{
	location_t loc = DECL_SOURCE_LOCATION(entry->decl);
	const char *place = place_in(entry, difference);

	if (difference->what == klpcc_type_difference::SIZE)
		return KLPCC_WARN(KLPCC_WARN_TYPE, loc,
				  "%s%qD has %s here, %s in the target", place,
				  entry->decl, bytes(difference->here),
				  bytes(difference->there));
	return KLPCC_WARN(KLPCC_WARN_TYPE, loc, "%s%qD is %qs here, %qs in the target",
			  place, entry->decl, here, shown(there));
}

static bool warn_type(const struct klpcc_extern *entry,
		      const struct klpcc_type_difference *difference, const char *here,
		      const char *there)
{
	location_t loc = DECL_SOURCE_LOCATION(entry->decl);

	switch (difference->what) {
	case klpcc_type_difference::NONE:
		gcc_unreachable();
	case klpcc_type_difference::FUNCTION:
		return difference->here
			       ? KLPCC_WARN(KLPCC_WARN_TYPE, loc,
					    "%qD is a function here, a variable in the "
					    "target",
					    entry->decl)
			       : KLPCC_WARN(KLPCC_WARN_TYPE, loc,
					    "%qD is a variable here, a function in the "
					    "target",
					    entry->decl);
	case klpcc_type_difference::PARAMETERS:
		return KLPCC_WARN(KLPCC_WARN_TYPE, loc,
				  "%qD has %s here, %u in the target", entry->decl,
				  counted(difference->here, "parameter", "parameters"),
				  (unsigned int)difference->there);
	case klpcc_type_difference::VARIADIC:
		return difference->here
			       ? KLPCC_WARN(KLPCC_WARN_TYPE, loc,
					    "%qD takes variable arguments here, but not "
					    "in the target",
					    entry->decl)
			       : KLPCC_WARN(KLPCC_WARN_TYPE, loc,
					    "%qD takes variable arguments in the target, "
					    "but not here",
					    entry->decl);
	case klpcc_type_difference::TYPE:
	case klpcc_type_difference::SIZE:
		break;
	}
	return warn_type_of_place(entry, difference, here, there);
}

void klpcc_warn_type(const struct klpcc_extern *entry,
		     const struct klpcc_type_difference *difference, const char *here,
		     const char *there, const char *own, const char *target)
{
	location_t loc = DECL_SOURCE_LOCATION(entry->decl);
	auto_diagnostic_group group;

	if (!warn_type(entry, difference, here, there))
		return;
	inform(loc, "the target has %qs", shown(target));
	inform(loc, "declared here as %qs", own);
}

/* "8", or "8, bit 3": where a member begins. */
static const char *offset_of(int64_t bits)
{
	char *text =
		bits % 8 ? xasprintf("%lld, bit %d", (long long)bits / 8, (int)(bits % 8))
			 : xasprintf("%lld", (long long)bits / 8);
	const char *kept = IDENTIFIER_POINTER(get_identifier(text));

	free(text);
	return kept;
}

static const char *width_of(int64_t bits)
{
	return bits % 8 ? counted(bits, "bit", "bits") : bytes(bits / 8);
}

/* A member or an enumerator that both have, otherwise. */
static bool warn_number(tree type, const struct klpcc_layout_difference *difference)
{
	location_t loc = difference->location;

	if (difference->what == klpcc_layout_difference::WIDTH)
		return KLPCC_WARN(KLPCC_WARN_LAYOUT, loc,
				  "%qs of %qT has %s here, %s in the target",
				  difference->here, type,
				  width_of(difference->here_number),
				  width_of(difference->there_number));
	if (TREE_CODE(type) == ENUMERAL_TYPE)
		return KLPCC_WARN(KLPCC_WARN_LAYOUT, loc,
				  "%qs of %qT is %lld here, %lld in the target",
				  difference->here, type,
				  (long long)difference->here_number,
				  (long long)difference->there_number);
	return KLPCC_WARN(KLPCC_WARN_LAYOUT, loc,
			  "%qs of %qT is at offset %s here, at %s in the target",
			  difference->here, type, offset_of(difference->here_number),
			  offset_of(difference->there_number));
}

static bool warn_layout(tree type, const struct klpcc_layout_difference *difference)
{
	location_t loc = difference->location;

	switch (difference->what) {
	case klpcc_layout_difference::NONE:
		gcc_unreachable();
	case klpcc_layout_difference::NAME:
		return KLPCC_WARN(KLPCC_WARN_LAYOUT, loc,
				  "%qs of %qT is where the target has %qs",
				  difference->here, type, shown(difference->there));
	case klpcc_layout_difference::OFFSET:
	case klpcc_layout_difference::WIDTH:
		break;
	case klpcc_layout_difference::FURTHER:
		return KLPCC_WARN(KLPCC_WARN_LAYOUT, loc,
				  "%qT has %qs, which the target%'s does not have", type,
				  difference->here);
	case klpcc_layout_difference::MISSING:
		return KLPCC_WARN(KLPCC_WARN_LAYOUT, loc,
				  "%qT lacks %qs, which the target%'s has", type,
				  shown(difference->there));
	case klpcc_layout_difference::SIZE:
		return KLPCC_WARN(
			KLPCC_WARN_LAYOUT, loc, "%qT has %s here, %s in the target", type,
			bytes(difference->here_number), bytes(difference->there_number));
	}
	return warn_number(type, difference);
}

void klpcc_warn_layout(tree type, const struct klpcc_layout_difference *difference,
		       uint64_t target_size)
{
	location_t loc = difference->location;
	auto_diagnostic_group group;

	if (!warn_layout(type, difference))
		return;
	if (!difference->there_text)
		inform(loc, "the target has a %qT of %s", type, bytes(target_size));
	else if (TREE_CODE(type) == ENUMERAL_TYPE)
		inform(loc, "the target has %qs", shown(difference->there_text));
	else
		inform(loc, "the target has %qs at offset %s of %s",
		       shown(difference->there_text), offset_of(difference->there_offset),
		       bytes(target_size));
}
