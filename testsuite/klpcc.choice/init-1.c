/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What only the init memory of a module has that the unit is for. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one" } */

extern int one_start(void); /* { dg-error "12: 'one_start' of 'm_one' is in init memory, which the kernel has freed .-fplugin-arg-klpcc-error-init." } */

int use(void)
{
	return one_start();
}
