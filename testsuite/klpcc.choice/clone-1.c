/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The function is gone, but the variants that GCC derived from it are there. */
/* { dg-do assemble } */

extern int inlined(void); /* { dg-warning "12: the target has no 'inlined', only variants that GCC derived from it: it was inlined, or its parameters changed .-fplugin-arg-klpcc-no-warn-clone." } */
/* { dg-message "12: note: the target has 'inlined.cold'" "" { target *-*-* } .-1 } */
/* { dg-message "12: note: the target has 'inlined.constprop.0'" "" { target *-*-* } .-2 } */
/* { dg-message "12: note: the target has 'inlined.isra.0'" "" { target *-*-* } .-3 } */
extern int unrelated(void);

int use(void)
{
	return inlined() + inlined() + unrelated();
}
