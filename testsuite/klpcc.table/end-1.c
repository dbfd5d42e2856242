/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An array of functions must end with an empty element, written or not. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func endless[] = {
	{ .old_name = "only_here", .new_func = replacement },
	{ .old_name = "another_one", .new_func = replacement }, /* { dg-error "23: no empty element ends this array of 'struct klp_func', and the kernel reads what comes after it; add '{}'" } */
};

static struct klp_func longer[3] = {
	{ .old_name = "only_here", .new_func = replacement },
	{ .old_name = "another_one", .new_func = replacement },
};

static struct klp_func written[2] = {
	{ .old_name = "only_here", .new_func = replacement },
	{},
};

static struct klp_func variant[] = {
	{ .old_name = "inlined.constprop.0", .new_func = replacement }, /* { dg-warning "23: 'inlined.constprop.0' is a variant that GCC derived from a function: it may have other parameters than the source says, and not all calls reach it \\\[-fplugin-arg-klpcc-no-warn-clone\\\]" } */
	{},
};

/* The kernel takes it for an array, too. */
static struct klp_func single = { .old_name = "only_here", .new_func = replacement }; /* { dg-error "47: no empty element ends this array of 'struct klp_func'" } */

typedef struct klp_func function;
static function named[] = {
	{ .old_name = "another_one", .new_func = replacement }, /* { dg-error "23: no empty element ends this array of 'struct klp_func'" } */
};

/* No object refers to it. */
static struct klp_func unused[] = { { .old_name = "only_here", .new_func = replacement } };

static struct klp_object objs[] = {
	{ .funcs = endless }, { .funcs = longer }, { .funcs = written }, { .funcs = variant },
	{ .funcs = &single }, { .funcs = named }, {},
};

ENABLE(objs)

void *give(void);
void *give(void)
{
	return unused;
}
