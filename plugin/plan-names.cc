// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Plan names: see plan-names.h.
 */
#include "original.h"
#include "plan-names.h"

/* Where the first of a name is, and behind each the next of the same name. */
struct name_list {
	hash_map<free_string_hash, unsigned int> first;
	auto_vec<unsigned int> next;
};

struct klpcc_plan_names {
	struct name_list lists[KLPCC_LISTS];
};

char *klpcc_record_key(const char *place, uint64_t initializer)
{
	return xasprintf("%s:%016" PRIx64, place, initializer);
}

char *klpcc_statics_key(const char *function, const char *name)
{
	return concat(function, ":", name, NULL);
}

static bool has_variants(enum klpcc_plan_list list)
{
	return list == KLPCC_LIST_FUNCTIONS || list == KLPCC_LIST_CALLS ||
	       list == KLPCC_LIST_INLINED;
}

static char *copy_name(enum klpcc_plan_list list, const char *name)
{
	return xstrndup(name, has_variants(list) ? strcspn(name, ".") : strlen(name));
}

static size_t count_entries(const struct klpcc_plan *plan, enum klpcc_plan_list list)
{
	switch (list) {
	case KLPCC_LIST_LABELS:
	case KLPCC_LIST_FUNCTIONS:
	case KLPCC_LIST_TWINS:
		return plan->functions_count;
	case KLPCC_LIST_CALLS:
		return plan->calls_count;
	case KLPCC_LIST_INLINED:
		return plan->inlined_count;
	case KLPCC_LIST_CLONES:
		return plan->clones_count;
	case KLPCC_LIST_VARIABLES:
	case KLPCC_LIST_RECORDS:
		return plan->variables_count;
	case KLPCC_LIST_STATICS:
		return plan->statics_count;
	case KLPCC_LIST_IMPORTS:
		return plan->imports_count;
	case KLPCC_LIST_LAYOUTS:
		return plan->layouts_count;
	case KLPCC_LISTS:
		break;
	}
	return 0;
}

/* NULL: the list does not have the entry. */
static const char *name_of(const struct klpcc_plan *plan, enum klpcc_plan_list list,
			   size_t place)
{
	switch (list) {
	case KLPCC_LIST_LABELS:
		return plan->functions[place].label;
	case KLPCC_LIST_FUNCTIONS:
		return plan->functions[place].name;
	case KLPCC_LIST_TWINS:
		return plan->functions[place].merged_with;
	case KLPCC_LIST_CALLS:
		return plan->calls[place].second;
	case KLPCC_LIST_INLINED:
		return plan->inlined[place].first;
	case KLPCC_LIST_CLONES:
		return plan->clones[place].second;
	case KLPCC_LIST_VARIABLES:
		return plan->variables[place].label;
	case KLPCC_LIST_IMPORTS:
		return plan->imports[place].name;
	case KLPCC_LIST_LAYOUTS:
		return plan->layouts[place].name;
	default:
		return NULL;
	}
}

static char *make_key(const struct klpcc_plan *plan, enum klpcc_plan_list list,
		      size_t place)
{
	const char *name;

	if (list == KLPCC_LIST_STATICS)
		return klpcc_statics_key(plan->statics[place].function,
					 plan->statics[place].name);
	if (list == KLPCC_LIST_RECORDS) {
		const struct klpcc_plan_variable *variable = &plan->variables[place];

		return variable->section ? klpcc_record_key(variable->section,
							    variable->initializer)
					 : NULL;
	}
	name = name_of(plan, list, place);
	return name ? copy_name(list, name) : NULL;
}

/* From the last to the first, so that the first of a name stays in the map. */
static void fill_list(const struct klpcc_plan *plan, enum klpcc_plan_list list,
		      struct name_list *ret)
{
	const size_t count = count_entries(plan, list);

	ret->next.safe_grow(count);
	for (size_t place = count; place--;) {
		char *key = make_key(plan, list, place);
		unsigned int *first;
		bool existed;

		ret->next[place] = KLPCC_NO_PLACE;
		if (!key)
			continue;
		first = &ret->first.get_or_insert(key, &existed);
		if (existed) {
			free(key);
			ret->next[place] = *first;
		}
		*first = place;
	}
}

struct klpcc_plan_names *klpcc_plan_names_make(const struct klpcc_plan *plan)
{
	struct klpcc_plan_names *names = new klpcc_plan_names;

	for (int list = 0; list < KLPCC_LISTS; list++)
		fill_list(plan, static_cast<enum klpcc_plan_list>(list),
			  &names->lists[list]);
	return names;
}

unsigned int klpcc_plan_first(const struct klpcc_plan_names *names,
			      enum klpcc_plan_list list, const char *name)
{
	char *key = copy_name(list, name);
	/* hash_map::get() of some releases of GCC is not const. */
	auto &first = const_cast<struct klpcc_plan_names *>(names)->lists[list].first;
	const unsigned int *place = first.get(key);

	free(key);
	return place ? *place : KLPCC_NO_PLACE;
}

unsigned int klpcc_plan_next(const struct klpcc_plan_names *names,
			     enum klpcc_plan_list list, unsigned int place)
{
	return names->lists[list].next[place];
}
