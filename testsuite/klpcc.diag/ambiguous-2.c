/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Position 0 says "unique", and an object alone does not choose; the message is at the attribute's declaration. */
/* { dg-do assemble } */

extern int twice(void);
extern int twice(void) __attribute__((klp_sympos(0))); /* { dg-error "12: 'twice' is not unique: 'vmlinux' has 2 symbols" } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.1.... for the one at 0xffffffff81000500, type t" "first" { target *-*-* } .-1 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.2.... for the one at 0xffffffff81000600, type t" "second" { target *-*-* } .-2 } */
/* { dg-message "12: note: the index does not know their source files: with 'klpcc index --debug' it does .Debian: package linux-image-6.1.0-klpcc-dbg." "sources" { target *-*-* } .-3 } */
extern int module_twice(void) __attribute__((klp_object("some_module"))); /* { dg-error "12: 'module_twice' is not unique: 'some_module' has 2 symbols" } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.1.... for the one in module some_module, type t" "third" { target *-*-* } .-1 } */
/* { dg-message "12: note: .__attribute__..__klp_sympos__.2.... for the one in module some_module, type t" "fourth" { target *-*-* } .-2 } */
/* { dg-message "12: note: the index does not know their source files: with 'klpcc index --debug' it does .Debian: package linux-image-6.1.0-klpcc-dbg." "sources" { target *-*-* } .-3 } */

int use(void)
{
	return twice() + module_twice();
}
