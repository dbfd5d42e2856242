// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Diagnose: see diagnose.h.
 */
#include "diagnose-private.h"
#include "klp-name.h"
#include "lib/error.h"
#include "lib/printable.h"

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
	fatal_error(UNKNOWN_LOCATION, "plugin %qs is for C only, not for %s", plugin_name,
		    language);
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
		"code that is compiled without %qs cannot reach %qs of the target; klpcc.mk adds the options that this machine needs, and %<klpcc cflags%> prints them",
		option, klpcc_shown(symbol));
}

void klpcc_fatal_pointers(location_t location, const char *symbol, int size)
{
	fatal_error(
		location,
		"code with %d-bit pointers cannot use %qs of the target; compile with %<-m64%>",
		size, klpcc_shown(symbol));
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

void klpcc_error_unknown_warning(const char *key, const char *name)
{
	error_at(UNKNOWN_LOCATION, "unknown warning %qs in %<-fplugin-arg-klpcc-%s%>",
		 name, key);
}

void klpcc_note_warning(const char *name, const char *about, bool is_error)
{
	inform(UNKNOWN_LOCATION, "%qs, %s by default: %s", name,
	       is_error ? "an error" : "a warning", about);
}

void klpcc_fatal_no_index_option(const char *plugin_name)
{
	fatal_error(
		UNKNOWN_LOCATION,
		"plugin %qs needs %<-fplugin-arg-%s-index=FILE%>: the index of the kernel that the patch is for; make one with %<klpcc index --release RELEASE -o FILE%>",
		plugin_name, plugin_name);
}

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
		"index %qs is stale: it is for kernel release %qs, not for %qs; make a new one with %<klpcc index --release %s -o %s%>",
		klpcc_shown(path), klpcc_shown(has), klpcc_shown(wanted),
		klpcc_shown(wanted), klpcc_shown(path));
}

void klpcc_fatal_stale_flags(const char *path, const char *has, const char *wanted)
{
	fatal_error(
		UNKNOWN_LOCATION,
		"index %qs is not the one that the flags are for: its digest is %qs, not %qs; get new flags from %<klpcc cflags --index %s%>",
		klpcc_shown(path), has, klpcc_shown(wanted), klpcc_shown(path));
}

void klpcc_fatal_report(struct klpcc_error *err)
{
	fatal_error(UNKNOWN_LOCATION, "cannot write the report: %s",
		    klpcc_shown(err->message));
}

void klpcc_fatal_observation(struct klpcc_error *err)
{
	fatal_error(UNKNOWN_LOCATION, "cannot write the observation: %s",
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
		error_at(loc, "%<#pragma klp reset%> takes no argument");
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
	error_at(
		loc,
		"%qE attribute of %qD is not allowed: its assembler name already chooses a symbol",
		name, decl);
}

void klpcc_error_unmarkable(tree decl, const char *symbol, int name_error)
{
	error_at(DECL_SOURCE_LOCATION(decl), "%qs cannot be marked: %s",
		 klpcc_shown(symbol), klpcc_name_strerror(name_error));
}
