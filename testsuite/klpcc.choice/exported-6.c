/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The file that the unit was copied from decides between an export and a static of its name. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-source=net/ipv6/tcp.c" } */

extern int exported_twin(void);
extern int exported_function(void);

int use(void)
{
	return exported_twin() + exported_function();
}

/* { dg-final { scan-symbols {UND exported_twin\.klp\.vmlinux\.2$} } } */
/* { dg-final { scan-symbols {UND exported_function$} } } */
