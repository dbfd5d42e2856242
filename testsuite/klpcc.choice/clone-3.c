/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-no-warn-clone -fplugin-arg-klpcc-no-warn-near -fplugin-arg-klpcc-no-warn-module" } */

extern int inlined(void);
extern int only_her(void);
extern int one_only(void);

int use(void)
{
	return inlined() + only_her() + one_only();
}
