/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tracepoints of newer headers. */
/* { dg-do assemble } */
/* { dg-additional-files "key-1.h" } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one -O2" } */

#include "key-1.h"

struct tracepoint {
	const char *name;
	struct static_key_false key;
};

extern struct tracepoint __tracepoint_one;

static inline int trace_one_enabled(void)
{
	return static_branch_unlikely(&__tracepoint_one.key); /* { dg-error "static key '__tracepoint_one.key' of module 'm_one' is used in a branch" } */
/* { dg-message "note: 'trace_one\\(\\)' and 'trace_one_enabled\\(\\)' read its value with '#undef static_branch_unlikely' and '#define static_branch_unlikely static_key_enabled' after" "cure" { target *-*-* } .-1 } */
}

int use(void)
{
	return trace_one_enabled();
}
