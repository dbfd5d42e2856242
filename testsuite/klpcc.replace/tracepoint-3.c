// SPDX-License-Identifier: GPL-2.0-or-later
/* So is one whose key is tested as linux/tracepoint.h of 6.13 and later does it. */
/* { dg-do assemble } */
/* { dg-replace "replaced" "m_one" } */
#include "kernel.h"
#include "tracepoint.h"

struct tracepoint __tracepoint_event = { "event" };

static inline __attribute__((always_inline)) _Bool
arch_static_branch(struct static_key *key, _Bool branch)
{
	return branch ^ static_key_false(key);
}

int replaced(int x)
{
#ifdef FIXED
	x++;
#endif
	if (arch_static_branch(&__tracepoint_event.key, 0))
		/* { dg-warning "13: tracepoint 'event' is never reached in the patch: \[^\n\]* \\\[-fplugin-arg-klpcc-no-warn-tracepoint\\\]" "" { target *-*-* } .-1 } */
		elsewhere(x);
	return x;
}

/* { dg-final { scan-sections-not "__jump_table" } } */
/* { dg-final { scan-symbols-not "__tracepoint_event" } } */
