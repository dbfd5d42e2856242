/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A function that replaces one of the target must have its type. Of twice, BTF tells of one only.
 * no-warn-function: ftrace can redirect nothing in this target.
 */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-no-warn-layout -fplugin-arg-klpcc-no-warn-function" } */
struct item;
struct own;

struct klp_func {
	const char *old_name;
	void *new_func;
	unsigned long old_sympos;
};

struct klp_object {
	const char *name;
	struct klp_func *funcs;
};

static int new_two(struct item *item) /* { dg-warning "12: 'new_two' has 1 parameter here, 2 in the target \\\[-fplugin-arg-klpcc-no-warn-type\\\]" } */
/* { dg-message "12: note: the target has 'int two\\(struct item \\*, long unsigned int\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "12: note: declared here as 'int two\\(struct item \\*\\)'" "own" { target *-*-* } .-2 } */
{
	return !item;
}

static void new_none(void)
{
}

static int new_twice(int a, int b)
{
	return a + b;
}

static int new_module(struct own *item, struct own *own) /* { dg-warning "12: parameter 1 of 'new_module' is 'struct own \\*' here, 'struct item \\*' in the target" } */
/* { dg-message "12: note: the target has 'int module_function\\(struct item \\*, struct own \\*\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "12: note: declared here as" "own" { target *-*-* } .-2 } */
{
	return item == own;
}

static struct klp_func funcs[] = {
	{ .old_name = "two", .new_func = new_two }, /* { dg-message "23: note: 'new_two' replaces 'two'" } */
	{ .old_name = "none", .new_func = new_none },
	{ .old_name = "twice", .new_func = new_twice, .old_sympos = 2 },
	{},
};

static struct klp_func module_funcs[] = {
	{ .old_name = "module_function", .new_func = new_module }, /* { dg-message "23: note: 'new_module' replaces 'module_function'" } */
	{},
};

struct klp_object objs[] = {
	{ .funcs = funcs },
	{ .name = "a_module", .funcs = module_funcs },
	{},
};
