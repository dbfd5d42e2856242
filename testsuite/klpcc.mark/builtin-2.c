/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the author says counts for a builtin, too. */
/* { dg-do assemble } */

extern char *strpbrk(const char *text, const char *accept)
	__attribute__((klp_object("vmlinux")));

char *use(char *to, const char *from)
{
	return strpbrk(to, from);
}

/* { dg-final { scan-symbols {UND strpbrk\.klp\.vmlinux$} } } */
