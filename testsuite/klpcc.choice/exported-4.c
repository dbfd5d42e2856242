/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An export of vmlinux and a static with the same name: the author has to choose. */
/* { dg-do assemble } */

extern int exported_twin(void); /* { dg-error "12: 'exported_twin' is not unique: 'vmlinux' exports one, and another symbol has the same name" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_sympos__\\(1\\)\\)\\)' for the one at 0x\[0-9a-f]+, type T" "global" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_sympos__\\(2\\)\\)\\)' for the one at 0x\[0-9a-f]+, type t, in net/ipv6/tcp.c" "static" { target *-*-* } .-2 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_ordinary__\\)\\)' for the one that 'vmlinux' exports" "export" { target *-*-* } .-3 } */
extern int exported_function(void);

int use(void)
{
	return exported_twin() + exported_function();
}
