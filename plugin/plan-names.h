/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plan names: finds the entries of a plan's lists by their names. A file may have thousands of
 * functions, and each is looked up.
 *
 * An entry is known by its place in the list. Those of one name are in the order of the list.
 */
#ifndef KLPCC_PLAN_NAMES_H
#define KLPCC_PLAN_NAMES_H

#include "gcc-compat.h"

struct klpcc_plan;
struct klpcc_plan_names;

/* By what a list is searched. A variant of a function has its name and a dot behind it. */
enum klpcc_plan_list {
	KLPCC_LIST_LABELS,    /* functions, by label */
	KLPCC_LIST_FUNCTIONS, /* functions, by the name in the source, or of a variant */
	KLPCC_LIST_TWINS,   /* functions, by the label of one that they are merged with */
	KLPCC_LIST_CALLS,   /* calls, by the callee or a variant of it */
	KLPCC_LIST_INLINED, /* by the function that was inlined, or a variant of it */
	KLPCC_LIST_CLONES,  /* clones, by the function */
	KLPCC_LIST_VARIABLES, /* variables, by label */
	KLPCC_LIST_RECORDS,   /* variables, by klpcc_record_key() */
	KLPCC_LIST_STATICS,   /* statics, by klpcc_statics_key() */
	KLPCC_LIST_IMPORTS,   /* imports, by name */
	KLPCC_LIST_LAYOUTS,   /* layouts, by name */
	KLPCC_LISTS
};

/* Behind the last place. */
static const unsigned int KLPCC_NO_PLACE = UINT_MAX;

/* The plan must live as long as what is made of it, which is never freed. */
struct klpcc_plan_names *klpcc_plan_names_make(const struct klpcc_plan *plan);

/* O(1) each. */
unsigned int klpcc_plan_first(const struct klpcc_plan_names *names,
			      enum klpcc_plan_list list, const char *name);
unsigned int klpcc_plan_next(const struct klpcc_plan_names *names,
			     enum klpcc_plan_list list, unsigned int place);

/* Of records, whose names may have numbers in them, section and contents. To be freed. */
char *klpcc_record_key(const char *place, uint64_t initializer);
/* Of the static variables of a function. To be freed. */
char *klpcc_statics_key(const char *function, const char *name);

#endif
