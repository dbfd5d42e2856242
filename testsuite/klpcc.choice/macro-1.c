/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a macro declares is not mistyped: EXPORT_SYMBOL() declares what its asm text defines. */
/* { dg-do assemble } */

#define EXPORT(name)                                                                     \
	extern const char one_##name[];                                                  \
	asm("one_" #name ": .asciz \"\"");                                               \
	const void *const table_##name = one_##name

EXPORT(only);
EXPORT(onle);

/* { dg-final { scan-symbols {one_only$} } } */
