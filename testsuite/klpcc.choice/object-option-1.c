/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A unit that is for a module: what only that module has is taken from there, its exports
 * included, and what only others have is not.
 */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one" } */

extern int one_only(void);
extern int one_exported(void);
extern int both(void);
extern int only_here(void);
extern int two_only(void); /* { dg-warning "12: 'two_only' is not in vmlinux but in a module that this file does not declare it patches .-fplugin-arg-klpcc-no-warn-module." } */
/* { dg-message "12: note: '__attribute__\\(\\(__klp_object__\\(\"m_two\"\\)\\)\\)' for the one in 'm_two'" "which" { target *-*-* } .-1 } */

int use(void)
{
	return one_only() + one_exported() + both() + only_here() + two_only();
}

/* { dg-final { scan-symbols {UND one_only\.klp\.m_one$} } } */
/* { dg-final { scan-symbols {UND one_exported\.klp\.m_one$} } } */
/* { dg-final { scan-symbols {UND both\.klp\.m_one$} } } */
/* { dg-final { scan-symbols {UND only_here\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND two_only$} } } */
