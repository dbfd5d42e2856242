/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One table of two objects is judged for each. */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func funcs[] = {
	{ .old_name = "only_here", .new_func = replacement }, /* { dg-error "23: 'kvm_intel' has no function 'only_here' to replace" } */
	/* { dg-message "23: note: 'vmlinux' has a symbol 'only_here'" "vmlinux" { target *-*-* } .-1 } */
	{ .old_name = "in_kvm", .new_func = replacement }, /* { dg-error "23: 'vmlinux' has no function 'in_kvm' to replace" } */
	/* { dg-message "23: note: 'kvm_intel' has a symbol 'in_kvm'" "kvm" { target *-*-* } .-1 } */
	{},
};

static struct klp_object objs[] = {
	{ .funcs = funcs },
	{ .name = "kvm_intel", .funcs = funcs },
	{},
};

ENABLE(objs)
