/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each of these three meanings can be said. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one" } */

extern int exported_elsewhere(void) __attribute__((klp_object("m_one")));
extern int of_vmlinux(void) __attribute__((klp_name("exported_elsewhere"), klp_object("vmlinux")));

int use(void)
{
	return exported_elsewhere() + of_vmlinux();
}

/* { dg-final { scan-symbols {UND exported_elsewhere\.klp\.m_one$} } } */
/* { dg-final { scan-symbols {UND exported_elsewhere\.klp\.vmlinux$} } } */
