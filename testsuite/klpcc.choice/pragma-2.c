/* SPDX-License-Identifier: GPL-2.0-or-later */
/* It does not reach into what is included, nor out of it. */
/* { dg-do assemble } */
/* { dg-additional-files "pragma-2.h" } */

#pragma klp object("m_one")
#include "pragma-2.h"
extern int both(void);

int use(void)
{
	return both() + only_here() + two_only();
}

/* { dg-final { scan-symbols {UND both\.klp\.m_one$} } } */
/* { dg-final { scan-symbols {UND only_here\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND two_only\.klp\.m_two$} } } */
