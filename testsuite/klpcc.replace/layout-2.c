// SPDX-License-Identifier: GPL-2.0-or-later
/* Changes of one thing alone: the place of a member, its width, its type, its name, and a value. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

#ifdef FIXED
#define CHOOSE(original, fixed) fixed
#else
#define CHOOSE(original, fixed) original
#endif

struct moved {
	/* { dg-error "8: 'struct moved' is not laid out as in the original, beginning with 'b'" "" { target *-*-* } .-1 } */
	char a;
	char b __attribute__((aligned(CHOOSE(2, 4))));
	long c;
};

struct wider {
	/* { dg-error "8: 'struct wider' is not laid out as in the original, beginning with 'a'" "" { target *-*-* } .-1 } */
	unsigned int a : CHOOSE(3, 5);
};

struct retyped {
	/* { dg-error "8: 'struct retyped' is not laid out as in the original, beginning with 'b'" "" { target *-*-* } .-1 } */
	long a;
	CHOOSE(struct moved, struct wider) * b;
};

struct renamed {
	/* { dg-error "8: 'struct renamed' is not laid out as in the original, beginning with 'second'" "" { target *-*-* } .-1 } */
	long a;
	long CHOOSE(first, second);
};

enum valued {
	/* { dg-error "6: 'enum valued' is not laid out as in the original, beginning with 'TWO'" "" { target *-*-* } .-1 } */
	ONE = 1,
	TWO = CHOOSE(2, 3),
};

enum longer {
	/* { dg-error "6: 'enum longer' is not laid out as in the original, beginning with 'FOUR'" "" { target *-*-* } .-1 } */
	THREE = 3,
#ifdef FIXED
	FOUR,
#endif
};

enum shorter {
	/* { dg-error "6: 'enum shorter' is not as large as in the original" "" { target *-*-* } .-1 } */
	FIVE = 5,
#ifndef FIXED
	SIX,
#endif
};

struct larger {
	/* { dg-error "8: 'struct larger' is not as large as in the original" "" { target *-*-* } .-1 } */
	char a;
} __attribute__((aligned(CHOOSE(8, 16))));

int replaced(struct larger *larger, struct moved *m, struct wider *w, struct retyped *r,
	     struct renamed *n, enum valued v, enum longer l, enum shorter s)
{
	return larger->a + m->b + w->a + !r->b + n->a + (v == ONE) + (l == THREE) +
	       (s == FIVE);
}
