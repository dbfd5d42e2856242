/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The address of a function that the target has sealed: said where it is taken, and only there. Only
 * x86 has such functions.
 */
/* { dg-do assemble } */
/* { dg-index sealed } */

extern int closed(void);
extern int open_function(void);

int (*direct)(void) = open_function;

int use(void)
{
	return closed();
}

int (*table[])(void) = { open_function, closed }; /* { dg-warning "7: the address of 'closed' is taken, but 'vmlinux' has sealed that function: a call through a pointer to it faults where the processor tracks indirect branches .-fplugin-arg-klpcc-no-warn-seal." "" { target x86_64-*-* } } */
/* { dg-message "7: note: call it directly, or point to a function of the patch that does" "cure" { target x86_64-*-* } .-1 } */
