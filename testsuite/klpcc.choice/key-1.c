/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A branch on a static key of a module: the error is where the author wrote it, not in the header
 * that has the asm statement.
 */
/* { dg-do assemble } */
/* { dg-additional-files "key-1.h" } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one -O2" } */

#include "key-1.h"

extern struct static_key_false one_key;

int use(void)
{
	if (static_branch_unlikely(&one_key)) /* { dg-error "static key 'one_key' of module 'm_one' is used in a branch that the kernel patches before it knows the symbols of the module .-fplugin-arg-klpcc-error-static-key." } */
/* { dg-message "note: read its value instead: 'static_key_enabled\\(&one_key\\)'" "cure" { target *-*-* } .-1 } */
		return 1;
	return one_key.key.enabled;
}
