/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A name that a module of the unit has, and that another exports, has two meanings. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one" } */

extern int exported_elsewhere(void); /* { dg-error "12: 'exported_elsewhere' is not unique: an object that this file may refer to has a symbol of that name, and another module exports one" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"vmlinux\"\\)\\)\\)' for the one at" "vmlinux" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"m_one\"\\)\\)\\)' for the one in module m_one" "own" { target *-*-* } .-2 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_ordinary__\\)\\)' for the one that 'm_two' exports" "export" { target *-*-* } .-3 } */
extern int one_exported(void);
extern int exported_function(void);

int use(void)
{
	return exported_elsewhere() + one_exported() + exported_function();
}
