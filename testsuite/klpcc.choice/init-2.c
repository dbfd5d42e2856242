/* SPDX-License-Identifier: GPL-2.0-or-later */
/* No address either of what the init memory of a module had: nobody finds it any more. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one" } */

extern char one_start[]; /* { dg-error "13: 'one_start' of 'm_one' is in init memory, which the kernel has freed .-fplugin-arg-klpcc-error-init." } */

int use(char *address)
{
	return address >= one_start;
}
