/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Code that gets to a table through what points to it may fill it, too; what is only read stays. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

/* Each is a table of a function that there is not, with its object and its patch. */
#define PATCH(name)                                                                      \
	static struct klp_func name##_funcs[] = { { "nothing", replacement }, {} };      \
	static struct klp_object name##_objs[] = { { .funcs = name##_funcs }, {} };      \
	static struct klp_patch name = { .mod = THIS_MODULE, .objs = name##_objs }

PATCH(by_patch);
PATCH(by_object);
PATCH(by_walk);
PATCH(by_pointer);
PATCH(by_alien);
PATCH(only_marked);
/* { dg-error "53: 'vmlinux' has no function 'nothing' to replace" "only_marked" { target *-*-* } 15 } */

static struct klp_func *pointer = by_pointer_funcs;
static const void *const marked __attribute__((used)) = &only_marked;

const char *name(void);
void fill(struct klp_patch *patch);
int enable(void);

int enable(void)
{
	by_patch.objs[0].funcs[0].old_name = name();
	by_object_objs[0].funcs[0].old_name = name();
	for (struct klp_object *object = by_walk.objs; object->funcs; object++)
		object->funcs->old_name = name();
	pointer->old_name = name();
	fill(&by_alien);
	only_marked.mod = THIS_MODULE;
	klp_get_state(&only_marked, 1);
	return klp_enable_patch(&by_patch) | klp_enable_patch(&by_object) |
	       klp_enable_patch(&by_walk) | klp_enable_patch(&by_pointer) |
	       klp_enable_patch(&by_alien) | klp_enable_patch(&only_marked);
}
