/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Weak and hidden declarations are marked; the mark is what every mark is. */
/* { dg-do assemble } */

extern int hidden_function(int value) __attribute__((weak)); /* { dg-warning "is weak" } */
extern int hidden_global(int value) __attribute__((visibility("hidden"))); /* { dg-warning "promises a definition in this module" } */
extern int in_another_unit(void) __attribute__((weak));

int use(void)
{
	return (hidden_function ? hidden_function(1) : 0) + hidden_global(2) +
	       (in_another_unit ? in_another_unit() : 0);
}

/* { dg-final { scan-symbols {NOTYPE WEAK DEFAULT UND hidden_function\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {NOTYPE WEAK DEFAULT UND hidden_global\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {WEAK DEFAULT UND in_another_unit$} } } */
/* { dg-final { scan-symbols-not {UND hidden_(function|global)$} } } */
/* { dg-final { same-sections-without-plugin } } */
