// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which of the functions that are replaced have lines of the fix: see touched.h.
 */
#include "touched.h"

#include <stdlib.h>
#include <string.h>

#include "lines.h"

struct search {
	const struct klpcc_plan *plan;
	const char *hunks;
	bool *visited; /* one for each function of the plan */
};

/* A clone, f.isra.0, has the lines of f. */
static bool is_label_of(const char *label, const char *function)
{
	size_t length = strlen(function);

	return !strncmp(label, function, length) &&
	       (!label[length] || label[length] == '.');
}

static bool is_touched(struct search *search, const char *label)
{
	const struct klpcc_plan *plan = search->plan;

	for (size_t i = 0; i < plan->functions_count; i++) {
		const struct klpcc_plan_function *function = &plan->functions[i];

		if (search->visited[i] || !is_label_of(label, function->label))
			continue;
		search->visited[i] = true;
		if (function->file && !strcmp(function->file, plan->source) &&
		    klpcc_lines_touch(search->hunks, function->line, function->last_line))
			return true;
		for (size_t k = 0; k < plan->inlined_count; k++)
			if (is_label_of(plan->inlined[k].second, function->label) &&
			    is_touched(search, plan->inlined[k].first))
				return true;
	}
	return false;
}

static bool differs(const struct klpcc_against *against, const char *name)
{
	for (size_t i = 0; i < against->count; i++)
		if (!strcmp(against->symbols[i].name, name))
			return against->symbols[i].state == KLPCC_AGAINST_CHANGED;
	return false;
}

struct klpcc_error *klpcc_patch_note_lines(const struct klpcc_plan *original,
					   const struct klpcc_against *against,
					   const char *hunks,
					   struct klpcc_patch_unit *unit)
{
	const size_t size = original->functions_count * sizeof(bool);
	struct search search = {
		.plan = original,
		.hunks = hunks,
		.visited = malloc(size + 1),
	};

	if (!search.visited)
		return klpcc_error_nomem();
	for (size_t i = 0; i < unit->choice_count; i++) {
		struct klpcc_patch_choice *choice = &unit->choices[i];

		memset(search.visited, false, size);
		choice->differs = differs(against, choice->name);
		choice->lines_changed = is_touched(&search, choice->name);
	}
	free(search.visited);
	return NULL;
}
