/* SPDX-License-Identifier: GPL-2.0-or-later */
/* klp_source chooses one of several by its file, whether that is known by its path or not. */
/* { dg-do assemble } */

extern int helper(void) __attribute__((klp_source("net/ipv6/tcp.c")));
extern int other(void) __asm__("other_helper") __attribute__((klp_name("helper"), klp_source("fs/other.c")));
extern int counter __attribute__((klp_source("ipv4/tcp.c")));
extern int split(void) __attribute__((klp_object("m_one"), klp_source("drivers/one/b.c")));
extern int only_here(void) __attribute__((klp_source("init/main.c")));

int use(void)
{
	return helper() + other() + counter + split() + only_here();
}

/* { dg-final { scan-symbols {UND helper\.klp\.vmlinux\.2$} } } */
/* { dg-final { scan-symbols {UND helper\.klp\.vmlinux\.3$} } } */
/* { dg-final { scan-symbols {UND counter\.klp\.vmlinux\.1$} } } */
/* { dg-final { scan-symbols {UND split\.klp\.m_one\.2$} } } */
/* { dg-final { scan-symbols {UND only_here\.klp\.vmlinux$} } } */
