/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A key inside of something: a tracepoint, a key with a timeout. What is to be asked is the key. Another
 * asm statement that has the address of such a variable is not a branch.
 */
/* { dg-do assemble } */
/* { dg-additional-files "key-1.h" } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one -O2" } */

#include "key-1.h"

struct tracepoint {
	const char *name;
	struct static_key key;
};

struct deferred {
	struct {
		long timeout;
		struct static_key_false key;
	} inner;
};

extern struct tracepoint one_key;
extern struct deferred one_only;

/* GCC inlines this one; the line is here all the same. */
static int inner(void)
{
	return trace_enabled(&one_key.key); /* { dg-error "static key 'one_key.key' of module 'm_one' is used in a branch" } */
/* { dg-message "note: read its value instead: 'static_key_enabled\\(&one_key.key\\)'" "cure" { target *-*-* } .-1 } */
}

int use(void)
{
	__asm__("# %0" : : "r"(&one_only));
	return inner() +
	       static_branch_unlikely(&one_only.inner.key); /* { dg-error "static key 'one_only.inner.key' of module 'm_one' is used in a branch" } */
/* { dg-message "note: read its value instead: 'static_key_enabled\\(&one_only.inner.key\\)'" "cure" { target *-*-* } .-1 } */
}
