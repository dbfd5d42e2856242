/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A position past the last one: how many there are, and which. */
/* { dg-do assemble } */

extern int twice(void) __attribute__((klp_sympos(3))); /* { dg-error "12: there is no 'twice' at position 3: 'vmlinux' has 2 of that name" } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.1.... for the one at 0xffffffff81000500, type t" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.2.... for the one at 0xffffffff81000600, type t" "second" { target *-*-* } .-2 } */
/* { dg-message "12: note: the index does not know their source files: with 'klpcc index --debug' it does .Debian: package linux-image-6.1.0-klpcc-dbg." "sources" { target *-*-* } .-3 } */
extern int hidden_function(void) __attribute__((klp_sympos(2))); /* { dg-error "12: there is no 'hidden_function' at position 2: 'vmlinux' has 1 of that name" } */

int use(void)
{
	return twice() + hidden_function();
}
