/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GCC's builtins are left alone, declared or not. */
/* { dg-do assemble } */

extern char *strpbrk(const char *text, const char *accept);

char *use(char *to, const char *from)
{
	__builtin_memcpy(to, from, 65536);
	return strpbrk(to, from);
}

/* { dg-final { scan-symbols {UND strpbrk$} } } */
/* { dg-final { scan-symbols {UND memcpy$} { target x86_64-*-* } } } */
/* { dg-final { scan-symbols-not {klp} } } */
