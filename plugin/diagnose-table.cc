// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Diagnose, the patch table: what the kernel would say when it enables the patch. See diagnose.h.
 */
#include "diagnose-private.h"
#include "facts.h"
#include "klp-name.h"
#include "warnings.h"

/* ---- struct klp_object ------------------------------------------------------------- */

/* The name that is meant, under the one that is there. */
static void add_fixit(gcc_rich_location *richloc, bool is_string, const char *meant)
{
	if (is_string && meant)
		richloc->add_fixit_replace(
			ACONCAT(("\"", klpcc_shown(meant), "\"", NULL)));
}

void klpcc_error_klp_object(location_t loc, bool is_string, const char *name,
			    int name_error, const char *meant)
{
	gcc_rich_location richloc(loc);

	add_fixit(&richloc, is_string, meant);
	SAY_OBJECT(
		error_at, &richloc, meant,
		"%<struct klp_object%> names %qs, which cannot be the name of a module: %s",
		klpcc_shown(name), klpcc_name_strerror(name_error));
}

void klpcc_error_klp_vmlinux(location_t loc)
{
	error_at(
		loc,
		"%<struct klp_object%> names %qs, which the kernel takes for a module: nothing is ever patched; vmlinux is the object without %<.name%>",
		KLPCC_VMLINUX);
}

void klpcc_warn_klp_object(location_t loc, bool is_string, const char *name,
			   const char *meant)
{
	gcc_rich_location richloc(loc);

	add_fixit(&richloc, is_string, meant);
	if (meant)
		KLPCC_WARN(
			KLPCC_WARN_OBJECT, &richloc,
			"the target has no module %qs, and nothing of it is patched until one is loaded; did you mean %qs?",
			klpcc_shown(name), klpcc_shown(meant));
	else
		KLPCC_WARN(
			KLPCC_WARN_OBJECT, &richloc,
			"the target has no module %qs, and nothing of it is patched until one is loaded",
			klpcc_shown(name));
}

/* ---- struct klp_func --------------------------------------------------------------- */

/* GCC prints the similar name under the wrong one. */
static bool say_absent(const struct klpcc_table_fault *fault)
{
	const char *symbol = klpcc_shown(fault->symbol);
	const char *object = klpcc_shown(fault->object);
	gcc_rich_location richloc(fault->place);

	if (fault->clones.count)
		return KLPCC_WARN(
			KLPCC_WARN_FUNCTION, &richloc,
			"%qs has no function %qs to replace, only variants that GCC derived from it: it was inlined, or its parameters changed; replace its callers",
			object, symbol);
	if (!fault->similar)
		return KLPCC_WARN(KLPCC_WARN_FUNCTION, &richloc,
				  "%qs has no function %qs to replace", object, symbol);
	add_fixit(&richloc, fault->is_string, fault->similar);
	return KLPCC_WARN(KLPCC_WARN_FUNCTION, &richloc,
			  "%qs has no function %qs to replace; did you mean %qs?", object,
			  symbol, klpcc_shown(fault->similar));
}

static bool say_no_position(const struct klpcc_table_fault *fault)
{
	const char *symbol = klpcc_shown(fault->symbol);
	const char *object = klpcc_shown(fault->object);

	if (fault->position.counted == 1)
		return KLPCC_WARN(
			KLPCC_WARN_FUNCTION, fault->place,
			"there is no %qs at position %llu: %qs has 1 of that name; leave %<.old_sympos%> out",
			symbol, (unsigned long long)fault->sympos, object);
	return KLPCC_WARN(KLPCC_WARN_FUNCTION, fault->place,
			  "there is no %qs at position %llu: %qs has %u of that name",
			  symbol, (unsigned long long)fault->sympos, object,
			  fault->position.counted);
}

static bool say_coming(const struct klpcc_table_fault *fault)
{
	const char *symbol = klpcc_shown(fault->symbol);
	const char *object = klpcc_shown(fault->object);

	if (!fault->sympos)
		return KLPCC_WARN(
			KLPCC_WARN_COMING, fault->place,
			"%qs is not unique while module %qs is loading, as the kernel counts its init functions then, too: it refuses the module when the patch was loaded first",
			symbol, object);
	return KLPCC_WARN(
		KLPCC_WARN_COMING, fault->place,
		"%<.old_sympos = %u%> means another %qs while module %qs is loading, as the kernel counts its init functions then, too: load the module before the patch",
		(unsigned int)fault->sympos, symbol, object);
}

/* False when nothing was said. */
static bool say_fault(const struct klpcc_table_fault *fault)
{
	const char *symbol = klpcc_shown(fault->symbol);
	const char *object = klpcc_shown(fault->object);
	const location_t loc = fault->place;

	switch (fault->verdict) {
	case KLPCC_FUNCTION_FOUND:
		gcc_unreachable();
	case KLPCC_FUNCTION_ABSENT:
		return say_absent(fault);
	case KLPCC_FUNCTION_AMBIGUOUS:
		return KLPCC_WARN(
			KLPCC_WARN_FUNCTION, loc,
			"%qs is not unique: %qs has %u symbols of that name, and no %<.old_sympos%> chooses one",
			symbol, object, fault->position.counted);
	case KLPCC_FUNCTION_NO_POSITION:
		return say_no_position(fault);
	case KLPCC_FUNCTION_DATA:
		return KLPCC_WARN(
			KLPCC_WARN_FUNCTION, loc,
			"%qs of %qs is data, and only functions can be replaced", symbol,
			object);
	case KLPCC_FUNCTION_INIT:
		return KLPCC_WARN(
			KLPCC_WARN_FUNCTION, loc,
			"%qs of %qs is in init memory, which the kernel has freed",
			symbol, object);
	case KLPCC_FUNCTION_NOT_PATCHABLE:
		return KLPCC_WARN(
			KLPCC_WARN_FUNCTION, loc,
			"%qs of %qs cannot be replaced: it does not begin with a call that ftrace can redirect, because it is notrace, or assembler code; replace its callers",
			symbol, object);
	case KLPCC_FUNCTION_COMING:
		return say_coming(fault);
	}
	gcc_unreachable();
}

static void note_candidates(const struct klpcc_table_fault *fault)
{
	const struct klpcc_candidate_list *list = &fault->candidates;

	for (uint32_t i = 0; i < list->count && i < KLPCC_SHOWN; i++) {
		char *text = klpcc_describe_candidate(&list->candidates[i]);

		inform(fault->place, "%<.old_sympos = %u%> for the one %s",
		       list->candidates[i].sympos, text);
		free(text);
	}
	klpcc_note_others(fault->place, list->count);
}

static void note_elsewhere(const struct klpcc_table_fault *fault)
{
	const struct klpcc_name_list *objects = &fault->elsewhere;

	for (uint32_t i = 0; i < objects->count && i < KLPCC_SHOWN; i++)
		inform(fault->place, "%qs has a symbol %qs",
		       klpcc_shown(objects->names[i]), klpcc_shown(fault->symbol));
	klpcc_note_others(fault->place, objects->count);
}

void klpcc_warn_klp_func(const struct klpcc_table_fault *fault)
{
	auto_diagnostic_group group;

	if (!say_fault(fault))
		return;
	note_candidates(fault);
	klpcc_note_clones(fault->place, &fault->clones);
	note_elsewhere(fault);
}

void klpcc_warn_klp_func_clone(location_t loc, const char *symbol)
{
	KLPCC_WARN(
		KLPCC_WARN_CLONE, loc,
		"%qs is a variant that GCC derived from a function: it may have other parameters than the source says, and not all calls reach it",
		klpcc_shown(symbol));
}

void klpcc_error_unterminated(location_t loc, const char *type)
{
	error_at(
		loc,
		"no empty element ends this array of %<struct %s%>, and the kernel reads what comes after it; add %<{}%>",
		type);
}

/* ---- struct klp_patch -------------------------------------------------------------- */

void klpcc_error_klp_patch(location_t loc, const char *member)
{
	error_at(
		loc,
		"%<klp_enable_patch%> refuses this %<struct klp_patch%>, which has no %<.%s%>; add %<.%s = %s%>",
		member, member, strcmp(member, "mod") ? "OBJECTS" : "THIS_MODULE");
}
