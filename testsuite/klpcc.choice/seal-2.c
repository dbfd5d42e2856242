/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the index does not know: once for a unit. */
/* { dg-do assemble } */
/* { dg-index listed } */

extern int closed(void);
extern int open_function(void);

int (*table[])(void) = { open_function, closed }; /* { dg-warning "7: the address of 'open_function' is taken, and the index does not know whether 'vmlinux' has sealed that function .-fplugin-arg-klpcc-no-warn-seal-unknown." "" { target x86_64-*-* } } */
/* { dg-message "7: note: make the index with '--image', '--vmlinux' or '--modules', so that it knows" "cure" { target x86_64-*-* } .-1 } */
