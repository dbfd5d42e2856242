// SPDX-License-Identifier: GPL-2.0-or-later
/* Variables of each processor, and tables in sections of their own, are the kernel's. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

__section(".data..percpu") int per_processor;
static int __section(".data..read_mostly") mostly_read = 4;

void set(int x)
{
	mostly_read = x;
}

int replaced(int x)
{
#ifdef FIXED
	x++;
#endif
	return *(&per_processor + x) + mostly_read;
}

/* { dg-final { scan-symbols "WEAK DEFAULT UND per_processor.klp.vmlinux$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND mostly_read.klp.vmlinux$" } } */
/* { dg-final { scan-sections-not "percpu|read_mostly" } } */
