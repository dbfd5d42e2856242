/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a patch lacks that is enabled as it is. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func funcs[] = { { .old_name = "only_here", .new_func = replacement }, {} };
static struct klp_object objs[] = { { .funcs = funcs }, {} };
static struct klp_func there[] = { { .old_name = "in_module", .new_func = replacement }, {} };
static struct klp_object endless[] = {
	{ .funcs = funcs },
	{ .name = "a_module", .funcs = there }, /* { dg-error "19: no empty element ends this array of 'struct klp_object', and the kernel reads what comes after it; add '{}'" } */
};
/* Nothing enables that. */
static struct klp_object idle[] = { { .funcs = funcs } };
static struct klp_object of_vmlinux[] = {
	{ .funcs = funcs }, /* { dg-error "20: no empty element ends this array of 'struct klp_object', and the kernel reads what comes after it; add '{}'" } */
};

static struct klp_patch no_mod = { .objs = objs }; /* { dg-error "25: 'klp_enable_patch' refuses this 'struct klp_patch', which has no '.mod'; add '.mod = THIS_MODULE'" } */
static struct klp_patch no_objs = { .mod = THIS_MODULE }; /* { dg-error "25: 'klp_enable_patch' refuses this 'struct klp_patch', which has no '.objs'; add '.objs = OBJECTS'" } */
static struct klp_patch open_module = { .mod = THIS_MODULE, .objs = endless };
static struct klp_patch open_end = { .mod = THIS_MODULE, .objs = of_vmlinux };

/* Whoever sees these may fill in what they lack; another one enables nothing. */
static struct klp_patch stored = { .objs = objs };
static struct klp_patch given = { .objs = objs };
static struct klp_patch unused = { .objs = idle };
struct klp_patch elsewhere = { .objs = objs };

void fill(struct klp_patch *patch);
const void *use(void);
int enable(void);

int enable(void)
{
	stored.mod = THIS_MODULE;
	fill(&given);
	klp_get_state(&no_mod, 1);
	return klp_enable_patch(&no_mod) | klp_enable_patch(&no_objs) |
	       klp_enable_patch(&open_end) | klp_enable_patch(&open_module) | klp_enable_patch(&stored) |
	       klp_enable_patch(&given) | klp_enable_patch(&elsewhere);
}

const void *use(void)
{
	return &unused;
}
