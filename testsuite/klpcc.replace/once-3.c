// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * In a module the branch is on a key of the patch, as the kernel reads keys before it knows the
 * module's; the flag, which is asked next, is the kernel's here, too.
 */
/* { dg-do assemble } */
/* { dg-replace "replaced" "m_one" } */
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

/* { dg-final { scan-symbols "WEAK DEFAULT UND secret\.\[0-9\]+\.klp\.m_one$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND ___done\.\[0-9\]+\.klp\.m_one$" } } */
/* { dg-final { scan-symbols "OBJECT LOCAL DEFAULT \[0-9\]+ ___once_key\.\[0-9\]+$" } } */
/* { dg-final { scan-sections "__jump_table PROGBITS" } } */
/* { dg-final { scan-sections-not "\.data\.once" } } */
