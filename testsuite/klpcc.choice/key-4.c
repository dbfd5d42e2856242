/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arrays of keys, and keys in arrays, by a constant index or by one that a loop gives. */
/* { dg-do assemble } */
/* { dg-additional-files "key-1.h" } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one -O2" } */

#include "key-1.h"

struct deferred {
	long timeout;
	struct static_key_false keys[3];
};

extern struct static_key_false one_key[4];
extern struct deferred one_only[2];

int use(void)
{
	int found = static_branch_unlikely(&one_key[2]); /* { dg-error "static key 'one_key\\\[...\\\]' of module 'm_one' is used in a branch" } */
/* { dg-message "note: read its value instead: 'static_key_enabled\\(&one_key\\\[...\\\]\\)'" "cure" { target *-*-* } .-1 } */

	found += static_branch_unlikely(&one_only[1].keys[2]); /* { dg-error "static key 'one_only\\\[...\\\].keys\\\[...\\\]' of module 'm_one' is used in a branch" } */
/* { dg-message "note: read its value instead: 'static_key_enabled\\(&one_only\\\[...\\\].keys\\\[...\\\]\\)'" "cure" { target *-*-* } .-1 } */
	return found;
}
