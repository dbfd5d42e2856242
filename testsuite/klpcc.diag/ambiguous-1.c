/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A name that is not unique: one error, at the declaration, however often it is used, and
 * a note for each candidate with the attribute that takes it.
 */
/* { dg-do assemble } */

extern int twice(void); /* { dg-error "12: 'twice' is not unique: 'vmlinux' has 2 symbols of that name" } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_sympos__\\(1\\)\\)\\)' for the one at 0xffffffff81000500, type t" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_sympos__\\(2\\)\\)\\)' for the one at 0xffffffff81000600, type t" "second" { target *-*-* } .-2 } */
/* { dg-message "12: note: the index does not know their source files: with 'klpcc index --debug' it does .Debian: package linux-image-6.1.0-klpcc-dbg." "sources" { target *-*-* } .-3 } */

int use(void)
{
	return twice() + twice();
}

int (*pointer)(void) = twice;
