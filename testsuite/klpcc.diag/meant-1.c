/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file of a module, its name with '-': the object that is meant. */
/* { dg-do assemble } */

extern int a(void) __attribute__((klp_object("some-module"))); /* { dg-error "12: 'klp_object' attribute argument 'some-module': the object contains a character outside .A-Za-z0-9_. or is ambiguous here; did you mean 'some_module'." } */
extern int b(void) __attribute__((klp_object("some_module.ko"))); /* { dg-error "12: 'klp_object' attribute argument 'some_module.ko': the object contains a character outside .A-Za-z0-9_. or is ambiguous here; did you mean 'some_module'." } */
extern int c(void) __attribute__((klp_gate("/lib/modules/6.1.0/extra/some-module.ko.xz"))); /* { dg-error "12: 'klp_gate' attribute argument '/lib/modules/6.1.0/extra/some-module.ko.xz': the object contains a character outside .A-Za-z0-9_. or is ambiguous here; did you mean 'some_module'." } */
extern int f(void) __attribute__((klp_object("no-such.ko"))); /* { dg-error "12: 'klp_object' attribute argument 'no-such.ko': the object contains a character outside .A-Za-z0-9_. or is ambiguous here(?!;)" } */

int use(void)
{
	return a() + b() + c() + f();
}
