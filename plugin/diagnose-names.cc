// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Diagnose, warnings of names that are marked or left alone: see diagnose.h.
 */
#include "diagnose-private.h"
#include "facts.h"
#include "warnings.h"

/* ---- names that the target does not have ------------------------------------------- */

void klpcc_warn_clone(tree decl, const char *symbol, const struct klpcc_name_list *clones)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	auto_diagnostic_group group;

	if (KLPCC_WARN(
		    KLPCC_WARN_CLONE, loc,
		    "the target has no %qs, only variants that GCC derived from it: it was inlined, or its parameters changed",
		    klpcc_shown(symbol)))
		klpcc_note_clones(loc, clones);
}

bool klpcc_warn_module(tree decl, const char *symbol,
		       const struct klpcc_name_list *modules)
{
	location_t loc = DECL_SOURCE_LOCATION(decl);
	auto_diagnostic_group group;

	if (!KLPCC_WARN(
		    KLPCC_WARN_MODULE, loc,
		    "%qs is not in vmlinux but in a module that this file does not declare it patches",
		    klpcc_shown(symbol)))
		return false;
	for (uint32_t i = 0; i < modules->count && i < KLPCC_SHOWN; i++)
		inform(loc,
		       "%<__attribute__((__klp_object__(\"%s\")))%> for the one in %qs",
		       klpcc_shown(modules->names[i]), klpcc_shown(modules->names[i]));
	klpcc_note_others(loc, modules->count);
	return true;
}

void klpcc_warn_kallsyms_all(tree decl, const char *symbol)
{
	KLPCC_WARN(
		KLPCC_WARN_KALLSYMS_ALL, DECL_SOURCE_LOCATION(decl),
		"%qs may be a variable of the target, but a kernel without %<CONFIG_KALLSYMS_ALL%> does not know where its variables are",
		klpcc_shown(symbol));
}

/* GCC prints the right name under the wrong one. */
void klpcc_warn_similar(tree decl, const char *symbol, const char *similar)
{
	gcc_rich_location richloc(DECL_SOURCE_LOCATION(decl));

	if (DECL_NAME(decl) && !strcmp(IDENTIFIER_POINTER(DECL_NAME(decl)), symbol))
		richloc.add_fixit_replace(klpcc_shown(similar));
	KLPCC_WARN(KLPCC_WARN_NEAR, &richloc, "the target has no %qs; did you mean %qs?",
		   klpcc_shown(symbol), klpcc_shown(similar));
}

/* ---- names that are marked --------------------------------------------------------- */

void klpcc_warn_weak(tree decl)
{
	KLPCC_WARN(
		KLPCC_WARN_WEAK, DECL_SOURCE_LOCATION(decl),
		"%qD is weak, but is taken from the target: its address is never null, and a kernel that lacks it refuses the patch",
		decl);
}

void klpcc_warn_hidden(tree decl)
{
	KLPCC_WARN(
		KLPCC_WARN_HIDDEN, DECL_SOURCE_LOCATION(decl),
		"%qD is hidden, which promises a definition in this module, but is taken from the target",
		decl);
}

void klpcc_warn_static_key(location_t loc, const char *key, const char *object,
			   const char *tracepoint, const char *test)
{
	auto_diagnostic_group group;

	if (!KLPCC_WARN(
		    KLPCC_WARN_STATIC_KEY, loc,
		    "static key %qs of module %qs is used in a branch that the kernel patches before it knows the symbols of the module",
		    key, klpcc_shown(object)))
		return;
	/* That on a tracepoint's key is in the kernel's header. */
	if (tracepoint)
		inform(loc,
		       "%<trace_%s()%> and %<trace_%s_enabled()%> read its value with %<#undef %s%> and %<#define %s static_key_enabled%> after %<#include <linux/tracepoint.h>%> and before the header that declares them",
		       tracepoint, tracepoint, test, test);
	else
		inform(loc, "read its value instead: %<static_key_enabled(&%s)%>", key);
}

void klpcc_warn_seal(location_t loc, const char *symbol, const char *object)
{
	auto_diagnostic_group group;

	if (KLPCC_WARN(
		    KLPCC_WARN_SEAL, loc,
		    "the address of %qs is taken, but %qs has sealed that function: a call through a pointer to it faults where the processor tracks indirect branches",
		    klpcc_shown(symbol), klpcc_shown(object)))
		inform(loc,
		       "call it directly, or point to a function of the patch that does");
}

void klpcc_warn_seal_unknown(location_t loc, const char *symbol, const char *object)
{
	auto_diagnostic_group group;

	if (KLPCC_WARN(
		    KLPCC_WARN_SEAL_UNKNOWN, loc,
		    "the address of %qs is taken, and the index does not know whether %qs has sealed that function",
		    klpcc_shown(symbol), klpcc_shown(object)))
		inform(loc,
		       "make the index with %<--image%>, %<--vmlinux%> or %<--modules%>, so that it knows");
}
