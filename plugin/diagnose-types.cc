// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Diagnose, types that differ from the target's: two sides are shown. See diagnose.h.
 */
#include "diagnose.h"
#include "facts.h"
#include "warnings.h"

/* "3 parameters" */
static const char *count_text(uint64_t count, const char *one, const char *many)
{
	char *text =
		xasprintf("%llu %s", (unsigned long long)count, count == 1 ? one : many);
	const char *kept = IDENTIFIER_POINTER(get_identifier(text));

	free(text);
	return kept;
}

static const char *byte_text(uint64_t count)
{
	return count_text(count, "byte", "bytes");
}

/* The place in a declaration, in front of its name. */
static const char *place_in(tree decl, const struct klpcc_type_difference *difference)
{
	char *text;
	const char *kept;

	if (TREE_CODE(decl) != FUNCTION_DECL)
		return "";
	if (!difference->parameter)
		return "the return type of ";
	text = xasprintf("parameter %u of ", difference->parameter);
	kept = IDENTIFIER_POINTER(get_identifier(text));
	free(text);
	return kept;
}

/* Types by their words, or, where these are the same, by their sizes. */
static bool warn_type_of_place(tree decl, const struct klpcc_type_difference *difference)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	const char *place = place_in(decl, difference);

	if (difference->what == klpcc_type_difference::SIZE)
		return KLPCC_WARN(KLPCC_WARN_TYPE, loc,
				  "%s%qD has %s here, %s in the target", place, decl,
				  byte_text(difference->here),
				  byte_text(difference->there));
	return KLPCC_WARN(KLPCC_WARN_TYPE, loc, "%s%qD is %qs here, %qs in the target",
			  place, decl, difference->here_text,
			  klpcc_shown(difference->there_text));
}

static bool warn_type(tree decl, const struct klpcc_type_difference *difference)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);

	switch (difference->what) {
	case klpcc_type_difference::NONE:
		gcc_unreachable();
	case klpcc_type_difference::FUNCTION:
		return difference->here
			       ? KLPCC_WARN(
					 KLPCC_WARN_TYPE, loc,
					 "%qD is a function here, a variable in the target",
					 decl)
			       : KLPCC_WARN(
					 KLPCC_WARN_TYPE, loc,
					 "%qD is a variable here, a function in the target",
					 decl);
	case klpcc_type_difference::PARAMETERS:
		return KLPCC_WARN(KLPCC_WARN_TYPE, loc,
				  "%qD has %s here, %u in the target", decl,
				  count_text(difference->here, "parameter", "parameters"),
				  (unsigned int)difference->there);
	case klpcc_type_difference::VARIADIC:
		return difference->here
			       ? KLPCC_WARN(
					 KLPCC_WARN_TYPE, loc,
					 "%qD takes variable arguments here, but not in the target",
					 decl)
			       : KLPCC_WARN(
					 KLPCC_WARN_TYPE, loc,
					 "%qD takes variable arguments in the target, but not here",
					 decl);
	case klpcc_type_difference::TYPE:
	case klpcc_type_difference::SIZE:
		break;
	}
	return warn_type_of_place(decl, difference);
}

bool klpcc_warn_type(tree decl, const char *symbol,
		     const struct klpcc_type_difference *difference)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	auto_diagnostic_group group;

	if (!warn_type(decl, difference))
		return false;
	if (difference->letter) {
		inform(loc, "its kallsyms lists %qs with type %<%c%>, which is %s",
		       klpcc_shown(symbol), difference->letter,
		       difference->here ? "data" : "code");
		return true;
	}
	inform(loc, "the target has %qs", klpcc_shown(difference->target));
	inform(loc, "declared here as %qs", difference->own);
	return true;
}

void klpcc_warn_replacement(location_t loc, tree decl, const char *symbol,
			    const struct klpcc_type_difference *difference)
{
	auto_diagnostic_group group;

	if (klpcc_warn_type(decl, symbol, difference))
		inform(loc, "%qD replaces %qs", decl, klpcc_shown(symbol));
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
	return bits % 8 ? count_text(bits, "bit", "bits") : byte_text(bits / 8);
}

/* A member or an enumerator that both have, with another number. */
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
				  difference->here, type, klpcc_shown(difference->there));
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
				  klpcc_shown(difference->there));
	case klpcc_layout_difference::SIZE:
		return KLPCC_WARN(KLPCC_WARN_LAYOUT, loc,
				  "%qT has %s here, %s in the target", type,
				  byte_text(difference->here_number),
				  byte_text(difference->there_number));
	}
	return warn_number(type, difference);
}

/* The type may be meant that a module has: what makes it the one to compare with. */
static void note_module(const char *plugin_name,
			const struct klpcc_layout_difference *difference)
{
	const char *module = klpcc_shown(difference->module);

	inform(difference->location,
	       "module %qs also has a %qT; if this file is for that module, compile with %<-fplugin-arg-%s-object=%s%>",
	       module, difference->type, plugin_name, module);
}

void klpcc_warn_layout(const char *plugin_name,
		       const struct klpcc_layout_difference *difference)
{
	location_t loc = difference->location;
	tree type = difference->type;
	auto_diagnostic_group group;

	if (!warn_layout(type, difference))
		return;
	if (!difference->there_text)
		inform(loc, "the target has a %qT of %s", type,
		       byte_text(difference->target_size));
	else if (TREE_CODE(type) == ENUMERAL_TYPE)
		inform(loc, "the target has %qs", klpcc_shown(difference->there_text));
	else
		inform(loc, "the target has %qs at offset %s of %s",
		       klpcc_shown(difference->there_text),
		       offset_of(difference->there_offset),
		       byte_text(difference->target_size));
	if (difference->module)
		note_module(plugin_name, difference);
}
