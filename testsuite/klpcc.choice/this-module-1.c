/* SPDX-License-Identifier: GPL-2.0-or-later */
/* THIS_MODULE is the patch's own, whatever the modules have that it is for. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one,m_two" } */

extern struct module __this_module;
extern int one_only(void);

void *patch[] = { &__this_module, one_only };

/* { dg-final { scan-symbols {UND __this_module$} } } */
/* { dg-final { scan-symbols {UND one_only\.klp\.m_one$} } } */
