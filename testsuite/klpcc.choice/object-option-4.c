/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said twice adds up: for all units, and for this one. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one -fplugin-arg-klpcc-object=m_two" } */

extern int one_only(void);
extern int two_only(void);

int use(void)
{
	return one_only() + two_only();
}

/* { dg-final { scan-symbols {UND one_only\.klp\.m_one$} } } */
/* { dg-final { scan-symbols {UND two_only\.klp\.m_two$} } } */
