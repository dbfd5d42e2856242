// SPDX-License-Identifier: GPL-2.0-or-later
/* Types of one name in several blocks of a function, as linux/unaligned/packed_struct.h makes them. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

#define PUT(type, value, where)                                       \
	do {                                                          \
		struct {                                              \
			type x;                                       \
		} __attribute__((packed)) *pointer = (void *)(where); \
		pointer->x = (value);                                 \
	} while (0)

#define MARK(type, value, where)              \
	do {                                  \
		struct marked {               \
			type mark;            \
		} *pointer = (void *)(where); \
		pointer->mark = (value);      \
	} while (0)

void replaced(char *to)
{
	PUT(short, 1, to);
	PUT(int, 2, to + 2);
	PUT(long long, 3, to + 6);
	MARK(short, 4, to + 14);
	MARK(int, 5, to + 16);
#ifdef FIXED
	to[20] = 6;
#endif
}
