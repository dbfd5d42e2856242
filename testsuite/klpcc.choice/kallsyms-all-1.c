/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel that names no data: a variable may be there, and is not found; a function is not. */
/* { dg-do assemble } */
/* { dg-index code } */

extern int some_variable; /* { dg-warning "12: 'some_variable' may be a variable of the target, but a kernel without 'CONFIG_KALLSYMS_ALL' does not know where its variables are .-fplugin-arg-klpcc-no-warn-kallsyms-all." } */
extern int closed(void);
extern int another_unit(void);

int use(void)
{
	return some_variable + closed() + another_unit();
}
