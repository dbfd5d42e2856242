/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Another unit of a patch of a module: nothing says which, and the type that it has copied is that
 * module's, not vmlinux's of that name. One that is neither's may be meant to be the module's.
 */
/* { dg-do assemble } */
struct pair {
	int left;
};
struct inner {
	int first; /* { dg-warning "13: 'first' of 'struct inner' has 4 bytes here, 2 bytes in the target" } */
	/* { dg-message "note: the target has 'short int first' at offset 0 of 16 bytes" "target" { target *-*-* } .-1 } */
	/* { dg-message "13: note: module 'a_module' also has a 'struct inner'; if this file is for that module, compile with '-fplugin-arg-klpcc-object=a_module'" "module" { target *-*-* } .-2 } */
};

int use(struct pair *pair, struct inner *inner)
{
	return pair->left + inner->first;
}
