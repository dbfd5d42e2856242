// SPDX-License-Identifier: GPL-2.0-or-later
/* One of vmlinux is the kernel's own. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
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
	return x;
}

/* { dg-final { scan-sections "__jump_table" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND __tracepoint_event.klp.vmlinux$" } } */
