// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What DO_ONCE() of linux/once.h calls is not called again in a kernel where it has been: its flag and
 * its key are the kernel's, as the secret is that it chooses.
 */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"
#include "tracepoint.h"

int replaced(int x)
{
	static int secret;
	static _Bool __section(".data.once") ___done;
	static struct static_key ___once_key = { 1 };

#ifdef FIXED
	x++;
#endif
	if (static_key_false(&___once_key) && !___done) {
		secret = elsewhere(x);
		___done = 1;
		___once_key.enabled = 0;
	}
	return x ^ secret;
}

/* { dg-final { scan-symbols "WEAK DEFAULT UND secret\.\[0-9\]+\.klp\.vmlinux$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND ___done\.\[0-9\]+\.klp\.vmlinux$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND ___once_key\.\[0-9\]+\.klp\.vmlinux$" } } */
/* { dg-final { scan-sections "__jump_table PROGBITS" } } */
/* { dg-final { scan-sections-not "\.data\.once" } } */
