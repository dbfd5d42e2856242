/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Both kinds can be errors. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-klpcc-error-type -fplugin-arg-klpcc-error-layout" } */
struct pair { long left; }; /* { dg-error "20: 'left' of 'struct pair' has 8 bytes here, 4 bytes in the target \\\[-fplugin-arg-klpcc-error-layout\\\]" } */
/* { dg-message "note: the target has 'int left'" "target" { target *-*-* } .-1 } */
extern int taken(void); /* { dg-error "12: 'taken' has 0 parameters here, 1 in the target \\\[-fplugin-arg-klpcc-error-type\\\]" } */
/* { dg-message "note: the target has" "target" { target *-*-* } .-1 } */
/* { dg-message "note: declared here as" "own" { target *-*-* } .-2 } */

int use(struct pair *pair)
{
	return taken() + (int)pair->left;
}
/* { dg-message "note: module 'a_module' also has a 'struct pair'" "module" { target *-*-* } 5 } */
