/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The place of the message, however the table is written. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

#define FUNC(name) { .old_name = #name, .new_func = replacement }
#define NAME "from_a_macro"

static struct klp_func funcs[] = {
	{ "positional", replacement, 0 }, /* { dg-error "11: 'vmlinux' has no function 'positional'" } */
	{
		.new_func = replacement,
		.old_name =
			"on_its_own_line" /* { dg-error "25: 'vmlinux' has no function 'on_its_own_line'" } */


		/* and a comment */
	},
	{
		.new_func = replacement, .old_name = "the_last_word" /* { dg-error "54: 'vmlinux' has no function 'the_last_word'" } */
	},
	{ "two_equal", replacement }, { "two_equal", replacement, 1 }, /* { dg-error "11: 'vmlinux' has no function 'two_equal'" } */
	/* { dg-error "41: 'vmlinux' has no function 'two_equal'" "second" { target *-*-* } .-1 } */
	FUNC(first_argument), FUNC(second_argument), /* { dg-error "14: 'vmlinux' has no function 'first_argument'" } */
	/* { dg-error "36: 'vmlinux' has no function 'second_argument'" "second" { target *-*-* } .-1 } */
	{ .old_name = NAME, .new_func = replacement }, /* { dg-error "9: 'vmlinux' has no function 'from_a_macro'" } */
	{ "only_here", replacement }, { "only_here", replacement, 1 }, { .new_func = replacement, .old_sympos = 0, /* far to the right */ .old_name = "far_right" }, /* { dg-error "151: 'vmlinux' has no function 'far_right'" } */
	{ .old_name = "in_two" "_parts", .new_func = replacement }, /* { dg-error "9: 'vmlinux' has no function 'in_two_parts'" } */
	{},
};

static struct klp_object objs[] = {
	{ .funcs = funcs },
	{ .funcs = (struct klp_func[]){
		{ "in_a_literal", replacement }, {} } }, /* { dg-error "19: 'vmlinux' has no function 'in_a_literal'" } */
	{ .funcs = funcs, .name = "kvm-intel" }, /* { dg-error "35: 'struct klp_object' names 'kvm-intel'" } */
	{},
};

ENABLE(objs)

int enable_local(void);
int enable_local(void)
{
	static struct klp_func local_funcs[] = {
		{ "in_a_function", replacement }, /* { dg-error "19: 'vmlinux' has no function 'in_a_function'" } */
		{},
	};
	static struct klp_object local_objs[] = { { .funcs = local_funcs }, {} };
	static struct klp_patch local_patch = { .mod = THIS_MODULE, .objs = local_objs };

	return klp_enable_patch(&local_patch);
}
