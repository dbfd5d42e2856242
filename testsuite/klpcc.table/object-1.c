/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Objects with which nothing is patched. One that the target does not have may be out of tree, and
 * of one that is known by its exports alone nothing can be said.
 */
/* { dg-do assemble } */
/* { dg-additional-files "livepatch.h" } */

#include "livepatch.h"

static int replacement(void)
{
	return 1;
}

static struct klp_func funcs[] = {
	{ .old_name = "cannot_tell", .new_func = replacement },
	{},
};

static struct klp_object objs[] = {
	{ .name = "kvm-intel", .funcs = funcs }, /* { dg-error "19: 'struct klp_object' names 'kvm-intel', which cannot be the name of a module: the object contains a character outside .A-Za-z0-9_. or is ambiguous here; did you mean 'kvm_intel'." } */
	{ .name = "kvm_intel.ko", .funcs = funcs }, /* { dg-error "19: 'struct klp_object' names 'kvm_intel.ko', which cannot be the name of a module: the object contains a character outside .A-Za-z0-9_. or is ambiguous here; did you mean 'kvm_intel'." } */
	{ .name = "vmlinux", .funcs = funcs }, /* { dg-error "19: 'struct klp_object' names 'vmlinux', which the kernel takes for a module: nothing is ever patched; vmlinux is the object without '.name'" } */
	{ .name = "kvm_intle", .funcs = funcs }, /* { dg-warning "19: the target has no module 'kvm_intle', and nothing of it is patched until one is loaded; did you mean 'kvm_intel'. \\\[-fplugin-arg-klpcc-no-warn-object\\\]" } */
	{ .name = "KVM_INTEL", .funcs = funcs }, /* { dg-warning "19: the target has no module 'KVM_INTEL', and nothing of it is patched until one is loaded; did you mean 'kvm_intel'." } */
	{ .name = "out_of_tree", .funcs = funcs }, /* { dg-warning "19: the target has no module 'out_of_tree', and nothing of it is patched until one is loaded \\\[" } */
	{ .name = "bare", .funcs = funcs },
	{},
};

ENABLE(objs)
