/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A source file that none of them comes from, and one that two of them come from. */
/* { dg-do assemble } */

extern int helper(void) __attribute__((klp_source("net/core/tcp.c"))); /* { dg-error "12: 'helper' of 'vmlinux' does not come from 'net/core/tcp.c'" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_source__\\(\"net/ipv4/tcp.c\"\\)\\)\\)' for the one at" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_source__\\(\"net/ipv6/tcp.c\"\\)\\)\\)' for the one at" "second" { target *-*-* } .-2 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_source__\\(\"other.c\"\\)\\)\\)' for the one at" "third" { target *-*-* } .-3 } */
extern int twin(void) __attribute__((klp_source("net/ipv4/tcp.c"))); /* { dg-error "12: 'twin' is not unique: 'vmlinux' has 2 symbols of that name" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_sympos__\\(1\\)\\)\\)' for the one at" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_sympos__\\(2\\)\\)\\)' for the one at" "second" { target *-*-* } .-2 } */
extern int only_here(void) __attribute__((klp_source("fs/other.c"))); /* { dg-error "12: 'only_here' of 'vmlinux' does not come from 'fs/other.c'" } */
/* { dg-message "12: note: it is the one at 0x\[0-9a-f\]+, type t, in init/main.c" "where" { target *-*-* } .-1 } */

int use(void)
{
	return helper() + twin() + only_here();
}
