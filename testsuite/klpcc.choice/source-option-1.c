/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file that the unit was copied from decides where a name stands for several, and only there. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-source=net/ipv6/tcp.c" } */

extern int helper(void);
extern int only_here(void);
extern int counter __attribute__((klp_sympos(2)));

int use(void)
{
	return helper() + only_here() + counter;
}

/* { dg-final { scan-symbols {UND helper\.klp\.vmlinux\.2$} } } */
/* { dg-final { scan-symbols {UND only_here\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND counter\.klp\.vmlinux\.2$} } } */
