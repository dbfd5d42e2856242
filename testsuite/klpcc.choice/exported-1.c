/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What another module exports is left to the module loader; where vmlinux has a symbol of that
 * name, too, which nothing exports, the author is asked.
 */
/* { dg-do assemble } */

extern int exported_elsewhere(void); /* { dg-error "12: 'exported_elsewhere' is not unique: an object that this file may refer to has a symbol of that name, and another module exports one" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"vmlinux\"\\)\\)\\)' for the one at 0x" "vmlinux" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_ordinary__\\)\\)' for the one that 'm_two' exports" "export" { target *-*-* } .-2 } */
extern int one_exported(void);

int use(void)
{
	return exported_elsewhere() + one_exported();
}
