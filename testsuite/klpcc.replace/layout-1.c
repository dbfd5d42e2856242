// SPDX-License-Identifier: GPL-2.0-or-later
/* Nor the layout of objects that the kernel has allocated. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

struct inserted {
	/* { dg-error "8: 'struct inserted' is not laid out as in the original, beginning with 'fresh': \[^\n\]* shadow variables \\\[-fplugin-arg-klpcc-error-struct\\\]" "" { target *-*-* } .-1 } */
	int a;
#ifdef FIXED
	int fresh;
#endif
	int b;
};

struct appended {
	/* { dg-error "8: 'struct appended' is not laid out as in the original, beginning with 'c'" "" { target *-*-* } .-1 } */
	long a;
#ifdef FIXED
	long c;
#endif
};

struct shorter {
	/* { dg-error "8: 'struct shorter' is not as large as in the original" "" { target *-*-* } .-1 } */
	long a;
#ifndef FIXED
	long b;
#endif
};

struct same {
	int a;
};

int replaced(struct inserted *i, struct appended *a, struct shorter *s, struct same *same)
{
	return i->b + a->a + s->a + same->a;
}
