/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables that are filled at run time, or that no object of the unit refers to, are left to the load. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

int prepare(void);

static int replacement(void)
{
	return 1;
}

static struct klp_func stored[] = { { .old_name = "twice", .new_func = replacement }, {} };
static struct klp_func given[] = { { .old_name = "unknown", .new_func = replacement }, {} };
static struct klp_func unnamed[] = { { .new_func = replacement }, {} };
struct klp_func elsewhere[] = { { .old_name = "of_a_module", .new_func = replacement }, {} };

static struct klp_object objs[] = {
	{ .funcs = stored },
	{ .funcs = given },
	{ .funcs = unnamed },
	{},
};

static struct klp_object renamed[] = { { .name = "to-be-replaced" }, {} };

static char name_text[8];
static struct klp_func mine[] = { { .old_name = "unknown", .new_func = replacement }, {} };
static struct klp_object computed[] = { { .name = name_text, .funcs = mine }, {} };

void fill(struct klp_func *funcs);
int enable_others(struct klp_object *first, struct klp_object *second);

ENABLE(objs)

int prepare(void)
{
	static struct klp_patch others[] = { { .objs = renamed }, { .objs = computed } };

	stored[0].old_sympos = 2;
	fill(given);
	renamed[0].name = "a_module";
	return klp_enable_patch(others);
}
