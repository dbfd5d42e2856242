/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same, switched off; as an error; and where an attribute asks for it. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-error-clone" } */

extern int inlined(void); /* { dg-error "12: the target has no 'inlined'.*.-fplugin-arg-klpcc-error-clone." } */
/* { dg-message "12: note: the target has 'inlined" "" { target *-*-* } .-1 } */
extern int asked(void) __attribute__((klp_name("inlined"))); /* { dg-error "12: 'vmlinux' has no symbol 'inlined'" } */
/* { dg-message "12: note: the target has 'inlined" "" { target *-*-* } .-1 } */

int use(void)
{
	return inlined() + asked();
}
