/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A header outside of the patch cannot mean a static of some source file: the export is. And
 * klp_ordinary says so anywhere.
 */
/* { dg-do assemble } */
/* { dg-additional-files "exported-7.h" } */
/* { dg-options "-I%D -fplugin-arg-klpcc-object=m_one" } */
#include <exported-7.h>

extern int mine(void) asm("exported_elsewhere") __attribute__((klp_ordinary));

int use(void)
{
	return exported_twin() + mine();
}

/* { dg-final { scan-symbols {UND exported_twin$} } } */
/* { dg-final { scan-symbols {UND exported_elsewhere$} } } */
