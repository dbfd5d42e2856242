// SPDX-License-Identifier: GPL-2.0-or-later
/* A tracepoint of a module is off in the patch, and says so. */
/* { dg-do assemble } */
/* { dg-replace "replaced" "m_one" } */
#include "kernel.h"
#include "tracepoint.h"

struct tracepoint __tracepoint_event = { "event" };

static inline void trace_event(int x)
{
	if (static_key_false(&__tracepoint_event.key))
		elsewhere(x);
}

int replaced(int x)
{
#ifdef FIXED
	x++;
#endif
	trace_event(x);
	/* { dg-warning "9: tracepoint 'event' is never reached in the patch: \[^\n\]* \\\[-fplugin-arg-klpcc-no-warn-tracepoint\\\]" "" { target *-*-* } .-1 } */
	return x;
}

/* { dg-final { scan-sections-not "__jump_table" } } */
/* { dg-final { scan-symbols-not "__tracepoint_event" } } */
