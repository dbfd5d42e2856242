// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of plans: everything that it takes is read.
 */
#include <string.h>

#include "fuzz.h"
#include "plan/plan.h"

static void read_text(const char *text)
{
	if (text)
		fuzz_read(text, strlen(text));
}

static void read_texts(const char **texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		read_text(texts[i]);
}

static void read_pairs(const struct klpcc_plan_pair *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		read_text(pairs[i].first);
		read_text(pairs[i].second);
	}
}

static void read_symbols(const struct klpcc_plan *plan)
{
	for (size_t i = 0; i < plan->symbols_count; i++) {
		read_text(plan->symbols[i].object);
		if (klpcc_plan_find_symbol(plan, plan->symbols[i].name) !=
		    &plan->symbols[i])
			fuzz_broken("a symbol is not found by its name");
	}
	for (size_t i = 0; i < plan->imports_count; i++) {
		read_text(plan->imports[i].name);
		read_text(plan->imports[i].exporter);
	}
}

static void read_observation(const struct klpcc_plan *plan)
{
	for (size_t i = 0; i < plan->macros_count; i++) {
		read_text(plan->macros[i].name);
		read_text(plan->macros[i].text);
	}
	for (size_t i = 0; i < plan->functions_count; i++) {
		read_text(plan->functions[i].name);
		read_text(plan->functions[i].label);
		read_text(plan->functions[i].alias_of);
	}
	for (size_t i = 0; i < plan->statics_count; i++) {
		read_text(plan->statics[i].function);
		read_text(plan->statics[i].name);
		read_text(plan->statics[i].label);
	}
	for (size_t i = 0; i < plan->variables_count; i++) {
		read_text(plan->variables[i].name);
		read_text(plan->variables[i].label);
		read_text(plan->variables[i].section);
	}
	for (size_t i = 0; i < plan->layouts_count; i++) {
		read_text(plan->layouts[i].name);
		for (size_t j = 0; j < plan->layouts[i].members_count; j++) {
			read_text(plan->layouts[i].members[j].name);
			read_text(plan->layouts[i].members[j].type);
		}
	}
	read_pairs(plan->calls, plan->calls_count);
	read_pairs(plan->inlined, plan->inlined_count);
	read_pairs(plan->clones, plan->clones_count);
	fuzz_read(plan->asms, plan->asms_count * sizeof(*plan->asms));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct klpcc_plan *plan;

	fuzz_begin(size, 512);
	if (fuzz_done(klpcc_plan_parse("input", data, size, &plan))) {
		read_text(plan->release);
		read_text(plan->index);
		read_text(plan->source);
		read_text(plan->object);
		read_texts(plan->replace, plan->replace_count);
		read_texts(plan->namespaces, plan->namespaces_count);
		read_texts(plan->flags, plan->flags_count);
		read_symbols(plan);
		read_observation(plan);
		klpcc_plan_free(plan);
	}
	fuzz_end();
	return 0;
}
