/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys of vmlinux may be used so, and a module's may be read. */
/* { dg-do assemble } */
/* { dg-additional-files "key-1.h" } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one -O2" } */

#include "key-1.h"

extern struct static_key_false counter __attribute__((klp_sympos(1)));
extern struct static_key_false one_key;

int use(void)
{
	return static_branch_unlikely(&counter) ? 1 : one_key.key.enabled;
}

/* { dg-final { scan-symbols {UND counter\.klp\.vmlinux\.1$} } } */
/* { dg-final { scan-symbols {UND one_key\.klp\.m_one$} } } */
