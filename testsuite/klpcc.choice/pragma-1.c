/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A pragma applies to what is declared after it in its file: object, gate and source file, until
 * the next of a kind or a reset; an attribute goes before it.
 */
/* { dg-do assemble } */

extern int shared_name(void);
#pragma klp object("m_one")
extern int split(void) __attribute__((klp_sympos(2)));
extern int one_exported(void);
extern int two_only(void) __attribute__((klp_object("m_two")));
#pragma klp object("m_two")
extern int both(void);
#pragma klp reset
#pragma klp gate("m_two")
extern int only_here(void);
#pragma klp reset
#pragma klp source("net/ipv4/tcp.c")
extern int helper(void), exported_function(void);
extern int counter;

int use(void)
{
	extern int of_another_unit(void);

	return shared_name() + split() + one_exported() + two_only() + both() + only_here() +
	       helper() + exported_function() + counter + of_another_unit();
}

/* { dg-final { scan-symbols {UND shared_name\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND split\.klp\.m_one\.2$} } } */
/* { dg-final { scan-symbols {UND one_exported\.klp\.m_one$} } } */
/* { dg-final { scan-symbols {UND two_only\.klp\.m_two$} } } */
/* { dg-final { scan-symbols {UND both\.klp\.m_two$} } } */
/* { dg-final { scan-symbols {UND only_here\.klp\.vmlinux\.for\.m_two$} } } */
/* { dg-final { scan-symbols {UND helper\.klp\.vmlinux\.1$} } } */
/* { dg-final { scan-symbols {UND exported_function$} } } */
/* { dg-final { scan-symbols {UND counter\.klp\.vmlinux\.1$} } } */
