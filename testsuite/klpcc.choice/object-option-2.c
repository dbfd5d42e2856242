/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For two modules. A name of both is not unique, nor is one of a module and vmlinux. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one,m_two" } */

extern int one_only(void);
extern int two_only(void);
extern int both(void); /* { dg-error "12: 'both' is not unique: 2 objects that this file may refer to have 2 symbols of that name" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"m_one\"\\)\\)\\)' for the one in module m_one, type t, in a.c" "one" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"m_two\"\\)\\)\\)' for the one in module m_two, type t, in a.c" "two" { target *-*-* } .-2 } */
extern int shared_name(void); /* { dg-error "12: 'shared_name' is not unique: 2 objects that this file may refer to have 2 symbols" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"vmlinux\"\\)\\)\\)' for the one at 0x\[0-9a-f\]+, type t, in init/main.c" "vmlinux" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"m_one\"\\)\\)\\)' for the one in module m_one, type t, in a.c" "module" { target *-*-* } .-2 } */

int use(void)
{
	return one_only() + two_only() + both() + shared_name();
}
