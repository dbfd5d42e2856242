/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What no module is named: the kernel would wait for it for ever. A module that the index does not
 * have may still come.
 */
/* { dg-do assemble } */

struct klp_func {
	const char *old_name;
};

struct klp_object {
	const char *name;
	struct klp_func *funcs;
};

struct klp_object objects[] = {
	{ .name = "some-module" }, /* { dg-error "19: 'struct klp_object' names 'some-module', which cannot be the name of a module: the object contains a character outside .A-Za-z0-9_. or is ambiguous here; did you mean 'some_module'." } */
	{ .name = "no-such.ko" }, /* { dg-error "19: 'struct klp_object' names 'no-such.ko', which cannot be the name of a module: the object contains a character outside .A-Za-z0-9_. or is ambiguous here(?!;)" } */
	{ .name = "out_of_tree" }, /* { dg-warning "19: the target has no module 'out_of_tree'" } */
	{ .name = "" }, /* { dg-error "19: 'struct klp_object' names '', which cannot be the name of a module: the object is empty" } */
	{ .name = "some_module" },
	{},
};
