/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-no-warn-weak -fplugin-arg-klpcc-no-warn-hidden" } */

extern int only_here(void) __attribute__((weak));
extern int shared_name(void) __attribute__((visibility("hidden")));

int use(void)
{
	return only_here() + shared_name();
}
