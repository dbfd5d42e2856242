/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module's types, and structs of its own, of which one has a name that vmlinux has too. */
/* { dg-do assemble } */
struct own {
	int first;
	long second; /* { dg-warning "14: 'second' of 'struct own' is at offset 8 here, at 4 in the target" } */
	/* { dg-message "note: the target has 'int second' at offset 4 of 8 bytes" "target" { target *-*-* } .-1 } */
};
struct pair {
	int left;
};
extern int module_function(struct own *, struct own *) __attribute__((klp_object("a_module"))); /* { dg-warning "12: parameter 1 of 'module_function' is 'struct own \\*' here, 'struct item \\*' in the target" } */
/* { dg-message "note: the target has 'int module_function\\(struct item \\*, struct own \\*\\)'" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as" "own" { target *-*-* } .-2 } */

int use(struct own *own, struct pair *pair)
{
	return module_function(own, own) + pair->left + (int)own->second;
}
