/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Both kinds can be switched off. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-no-warn-type -fplugin-arg-klpcc-no-warn-layout" } */
struct pair { long left; };
extern int taken(void);

int use(struct pair *pair)
{
	return taken() + (int)pair->left;
}
/* { dg-final { scan-symbols {taken\.klp\.vmlinux$} } } */
