// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Diagnose: a unit that is compiled in place of a file of the kernel. See diagnose.h.
 */
#include "diagnose-private.h"
#include "facts.h"
#include "lib/error.h"
#include "warnings.h"

void klpcc_fatal_no_plan(const char *plugin_name)
{
	fatal_error(
		UNKNOWN_LOCATION,
		"%<-fplugin-arg-%s-replace%> needs %<-fplugin-arg-%s-plan=FILE%>: what is known of the kernel%'s own file; %<klpcc match --plan=FILE%> writes it",
		plugin_name, plugin_name);
}

void klpcc_fatal_plan(struct klpcc_error *err)
{
	fatal_error(UNKNOWN_LOCATION, "cannot use the plan: %s",
		    klpcc_shown(err->message));
}

void klpcc_fatal_stale_plan(const char *path, const char *has, const char *wanted)
{
	fatal_error(
		UNKNOWN_LOCATION,
		"plan %qs was made with another index: it is for %qs, not for %qs; make a new one with %<klpcc match --plan=%s%>",
		klpcc_shown(path), klpcc_shown(has), klpcc_shown(wanted),
		klpcc_shown(path));
}

void klpcc_fatal_other_plan(const char *path, const char *source)
{
	fatal_error(
		UNKNOWN_LOCATION,
		"plan %qs is for %qs of the kernel, and this file has none of its functions",
		klpcc_shown(path), klpcc_shown(source));
}

void klpcc_fatal_plan_object(const char *path, const char *name, const char *meant)
{
	SAY_OBJECT(fatal_error, UNKNOWN_LOCATION, meant,
		   "plan %qs is for a file of %qs, which the target does not have",
		   klpcc_shown(path), klpcc_shown(name));
}

void klpcc_error_replace_missing(const char *name, const char *meant)
{
	SAY_OBJECT(
		error_at, UNKNOWN_LOCATION, meant,
		"%<-fplugin-arg-klpcc-replace%> names %qs, which the file does not define",
		klpcc_shown(name));
}

/* What to do instead. */
static void note_holders(location_t loc, const struct klpcc_name_list *holders)
{
	for (uint32_t i = 0; i < holders->count && i < KLPCC_SHOWN; i++)
		inform(loc, "replace %qs, too", klpcc_shown(holders->names[i]));
	klpcc_note_others(loc, holders->count);
}

static void note_callers(location_t loc, const struct klpcc_name_list *callers)
{
	for (uint32_t i = 0; i < callers->count && i < KLPCC_SHOWN; i++)
		inform(loc, "replace its caller %qs instead",
		       klpcc_shown(callers->names[i]));
	klpcc_note_others(loc, callers->count);
}

void klpcc_error_replace(tree decl, enum klpcc_replace_fault fault, const char *other,
			 const struct klpcc_name_list *callers)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	auto_diagnostic_group group;

	switch (fault) {
	case KLPCC_REPLACE_FINE:
		return;
	case KLPCC_REPLACE_NEW:
		error_at(loc,
			 "%qD cannot be replaced: the original file does not define it",
			 decl);
		break;
	case KLPCC_REPLACE_ALIAS:
		error_at(loc, "%qD cannot be replaced: it is an alias; replace %qs", decl,
			 klpcc_shown(other));
		break;
	case KLPCC_REPLACE_MERGED:
		error_at(
			loc,
			"%qD cannot be replaced: it has the same code as %qs, and GCC made one function of both",
			decl, klpcc_shown(other));
		break;
	case KLPCC_REPLACE_INIT:
		error_at(
			loc,
			"%qD cannot be replaced: it is in init memory, which the kernel has freed",
			decl);
		break;
	case KLPCC_REPLACE_NO_SYMBOL:
		error_at(
			loc,
			"%qD cannot be replaced: the kernel has no function of that name from this file, as GCC made it part of others",
			decl);
		break;
	case KLPCC_REPLACE_WEAK:
		error_at(
			loc,
			"%qD cannot be replaced: it is weak, and the kernel uses another file%'s",
			decl);
		break;
	case KLPCC_REPLACE_NO_FENTRY:
		error_at(
			loc,
			"%qD cannot be replaced: ftrace cannot redirect it, as it is compiled without a call of %<__fentry__%>",
			decl);
		break;
	}
	note_callers(loc, callers);
}

void klpcc_warn_inlined(tree decl, const struct klpcc_name_list *holders)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	auto_diagnostic_group group;

	if (KLPCC_WARN(
		    KLPCC_WARN_INLINED, loc,
		    "%qD is replaced, but other functions of the kernel contain a copy of its old code",
		    decl))
		note_holders(loc, holders);
}

void klpcc_warn_variant(tree decl, const char *variant,
			const struct klpcc_name_list *holders)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	auto_diagnostic_group group;

	if (KLPCC_WARN(
		    KLPCC_WARN_INLINED, loc,
		    "%qD is replaced, but functions of the kernel call %qs, which GCC made of its old code",
		    decl, klpcc_shown(variant)))
		note_holders(loc, holders);
}

void klpcc_warn_initializer(tree decl)
{
	KLPCC_WARN(
		KLPCC_WARN_DATA, DECL_SOURCE_LOCATION(decl),
		"the initializer of %qD is not the original%'s: the kernel has the old value, and a patch does not change it",
		decl);
}

void klpcc_warn_static_moved(tree decl, const char *function)
{
	KLPCC_WARN(
		KLPCC_WARN_STATE, DECL_SOURCE_LOCATION(decl),
		"%qs does not have as many static variables %qD as in the original, so it is not known which of them is which",
		klpcc_shown(function), decl);
}

void klpcc_warn_record(tree decl, const char *place)
{
	KLPCC_WARN(
		KLPCC_WARN_ENTRY, DECL_SOURCE_LOCATION(decl),
		"the original does not have this entry of %qs, and a patch does not add it",
		klpcc_shown(place));
}

void klpcc_warn_record_gone(const char *source, const char *place, const char *name)
{
	KLPCC_WARN(
		KLPCC_WARN_ENTRY, UNKNOWN_LOCATION,
		"%qs of the kernel has the entry %qs of %qs, which this file lacks, and a patch does not remove it",
		klpcc_shown(source), klpcc_shown(name), klpcc_shown(place));
}

void klpcc_warn_asm(const char *source)
{
	KLPCC_WARN(
		KLPCC_WARN_ASM, UNKNOWN_LOCATION,
		"the %<asm%> statements outside of functions are not those of the kernel%'s %qs, and a patch does not change them",
		klpcc_shown(source));
}

void klpcc_warn_original_layout(location_t loc, const char *type, const char *member)
{
	if (member)
		KLPCC_WARN(
			KLPCC_WARN_STRUCT, loc,
			"%qs is not laid out as in the original, beginning with %qs: objects of the kernel have the old layout; keep new members in shadow variables",
			klpcc_shown(type), klpcc_shown(member));
	else
		KLPCC_WARN(
			KLPCC_WARN_STRUCT, loc,
			"%qs is not as large as in the original: objects of the kernel have the old layout; keep new members in shadow variables",
			klpcc_shown(type));
}

void klpcc_warn_prototype(tree decl, const char *original, const char *own)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	auto_diagnostic_group group;

	if (!KLPCC_WARN(
		    KLPCC_WARN_PROTOTYPE, loc,
		    "the kernel exports %qD, and its type changes: modules that the patch does not have call it as it was; leave it so, and add a function for the new one",
		    decl))
		return;
	inform(loc, "the original has %qs", klpcc_shown(original));
	inform(loc, "declared here as %qs", own);
}

void klpcc_warn_folded(tree decl, location_t write)
{
	auto_diagnostic_group group;

	if (KLPCC_WARN(
		    KLPCC_WARN_DATA, DECL_SOURCE_LOCATION(decl),
		    "the kernel has no memory for %qD, which the original never changes: code that is not replaced will not see a new value",
		    decl))
		inform(write, "it may be changed here");
}

void klpcc_error_no_data_symbol(tree decl)
{
	error_at(
		DECL_SOURCE_LOCATION(decl),
		"%qD cannot be taken from the kernel: its kallsyms does not name the variable, and the patch must not have another one",
		decl);
}

void klpcc_warn_pointer(location_t loc, tree decl)
{
	KLPCC_WARN(
		KLPCC_WARN_POINTER, loc,
		"the address of %qD is that of the patch%'s function: a pointer that the kernel keeps is invalid once the patch is unloaded",
		decl);
}

void klpcc_warn_tracepoint(location_t loc, const char *name)
{
	KLPCC_WARN(
		KLPCC_WARN_TRACEPOINT, loc,
		"tracepoint %qs is never reached in the patch: it is a module%'s, and its static key is read before the patch can know it",
		klpcc_shown(name));
}
