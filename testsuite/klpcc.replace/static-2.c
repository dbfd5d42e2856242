// SPDX-License-Identifier: GPL-2.0-or-later
/* Where there is one more of a name, nobody knows which is which. */
/* { dg-do compile } */
/* { dg-replace "replaced" } */
#include "kernel.h"

int replaced(int x)
{
#ifdef FIXED
	if (x) {
		static int count = 1;
		/* { dg-error "28: 'replaced' does not have as many static variables 'count' as in the original, so it is not known which of them is which \\\[-fplugin-arg-klpcc-error-state\\\]" "" { target *-*-* } .-1 } */

		return count++;
	}
#endif
	static int count = 1;
	/* { dg-error "20: 'replaced' does not have as many static variables 'count'" "" { target *-*-* } .-1 } */

	return count += x;
}
