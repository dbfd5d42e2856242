/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A weakref is a reference to the name that it stands for. */
/* { dg-do assemble } */

extern int hidden_global(int value);
static int one(int value) __attribute__((weakref("hidden_function")));
static int two(int value) __attribute__((weakref("hidden_global")));
static int three(void) __attribute__((weakref("exported_function")));

int use(void)
{
	return one(1) + two(2) + three() + hidden_global(3);
}

int use_only_one(void)
{
	return one(4);
}

/* { dg-final { scan-symbols {UND hidden_function\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND hidden_global\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {WEAK DEFAULT UND exported_function$} } } */
/* { dg-final { scan-symbols-not {UND (one|two|hidden_function|hidden_global)$} } } */
/* { dg-final { same-sections-without-plugin } } */
