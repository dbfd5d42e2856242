/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Addresses that nobody calls by: an operand that an asm statement names, and what is discarded. */
/* { dg-do assemble } */
/* { dg-index sealed } */

extern int closed(void);

static void *addressable __attribute__((used, section(".discard.addressable"))) = (void *)closed;

int use(void)
{
	int result;

	__asm__("# call %1" : "=r"(result) : "X"(closed));
	return result;
}
