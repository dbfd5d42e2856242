/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that are not unique, and positions that there are not. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "twice", .new_func = replacement }, /* { dg-error "23: 'twice' is not unique: 'vmlinux' has 2 symbols of that name, and no '.old_sympos' chooses one" } */
	/* { dg-message "23: note: '.old_sympos = 1' for the one at 0xffffffff81000200, type t" "first" { target *-*-* } .-1 } */
	/* { dg-message "23: note: '.old_sympos = 2' for the one at 0xffffffff81000300, type t" "second" { target *-*-* } .-2 } */
	{ .old_name = "twice", .new_func = replacement, .old_sympos = 3 }, /* { dg-error "23: there is no 'twice' at position 3: 'vmlinux' has 2 of that name" } */
	/* { dg-message "23: note: '.old_sympos = 1' for the one at 0xffffffff81000200, type t" "first" { target *-*-* } .-1 } */
	/* { dg-message "23: note: '.old_sympos = 2' for the one at 0xffffffff81000300, type t" "second" { target *-*-* } .-2 } */
	{ .old_name = "only_here", .new_func = replacement, .old_sympos = 2 }, /* { dg-error "23: there is no 'only_here' at position 2: 'vmlinux' has 1 of that name; leave '.old_sympos' out" } */
	{ .old_name = "only_here", .new_func = replacement, .old_sympos = 0x100000001 }, /* { dg-error "23: there is no 'only_here' at position 4294967297: 'vmlinux' has 1 of that name" } */
	{},
};

static struct klp_func module_funcs[] = {
	{ .old_name = "both_times", .new_func = replacement }, /* { dg-error "23: 'both_times' is not unique: 'a_module' has 2 symbols of that name" } */
	/* { dg-message "23: note: '.old_sympos = 1' for the one in module a_module, type t, in b.c" "first" { target *-*-* } .-1 } */
	/* { dg-message "23: note: '.old_sympos = 2' for the one in module a_module, type t, in c.c" "second" { target *-*-* } .-2 } */
	{},
};

static struct klp_object objs[] = {
	{ .funcs = vmlinux_funcs },
	{ .name = "a_module", .funcs = module_funcs },
	{},
};

ENABLE(objs)
