/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several in a module that the unit is for, and in two of them: who has them is said as it is. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one,m_two" } */

extern int split(void); /* { dg-error "12: 'split' is not unique: 'm_one' has 2 symbols of that name" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"m_one\"\\), __klp_source__\\(\"a.c\"\\)\\)\\)' for the one in module m_one, type t, in a.c" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"m_one\"\\), __klp_source__\\(\"b.c\"\\)\\)\\)' for the one in module m_one, type t, in b.c" "second" { target *-*-* } .-2 } */
extern int both(void); /* { dg-error "12: 'both' is not unique: 2 objects that this file may refer to have 2 symbols of that name" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"m_one\"\\)\\)\\)' for the one in module m_one" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"m_two\"\\)\\)\\)' for the one in module m_two" "second" { target *-*-* } .-2 } */

int use(void)
{
	return split() + both();
}
