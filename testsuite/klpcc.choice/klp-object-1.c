/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The livepatch's own structures say which modules it is for. no-warn-function: ftrace can redirect
 * nothing in this target.
 */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-no-warn-function" } */

#include "livepatch.h"
/* { dg-additional-files "livepatch.h" } */

extern int one_only(void);
extern int two_only(void);
extern int one_exported(void);

static int replacement(void)
{
	return one_only() + two_only() + one_exported();
}

static struct klp_func funcs[] = {
	{ .old_name = "only_here", .new_func = replacement },
	{}
};
static struct klp_func one_funcs[] = {
	{ .old_name = "both", .new_func = replacement },
	{}
};

struct klp_object objs[] = {
	{ .funcs = funcs },
	{ .name = "m_one", .funcs = one_funcs },
	{}
};

struct klp_object single = { .name = "m_two", .funcs = one_funcs };

/* The link learns it, too. */
/* { dg-final { scan-assembler {\.comment\.klpcc\.objects,"",%progbits\n\t\.string\t"vmlinux"\n\t\.string\t"m_one"\n\t\.string\t"m_two"\n} } } */
/* { dg-final { scan-symbols {UND one_only\.klp\.m_one$} } } */
/* { dg-final { scan-symbols {UND two_only\.klp\.m_two$} } } */
/* { dg-final { scan-symbols {UND one_exported\.klp\.m_one$} } } */
