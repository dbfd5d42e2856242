/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nothing chooses: every candidate, with the text that does; files where they do, else positions. */
/* { dg-do assemble } */

extern int helper(void); /* { dg-error "12: 'helper' is not unique: 'vmlinux' has 3 symbols of that name" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_source__\\(\"net/ipv4/tcp.c\"\\)\\)\\)' for the one at 0x\[0-9a-f\]+, type t, in net/ipv4/tcp.c" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_source__\\(\"net/ipv6/tcp.c\"\\)\\)\\)' for the one at" "second" { target *-*-* } .-2 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_source__\\(\"other.c\"\\)\\)\\)' for the one at" "third" { target *-*-* } .-3 } */
extern int twin(void); /* { dg-error "12: 'twin' is not unique: 'vmlinux' has 2 symbols of that name" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_sympos__\\(1\\)\\)\\)' for the one at" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_sympos__\\(2\\)\\)\\)' for the one at" "second" { target *-*-* } .-2 } */

int use(void)
{
	return helper() + twin() + helper();
}
