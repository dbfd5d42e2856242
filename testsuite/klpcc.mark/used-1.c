/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * klp_used marks what C never refers to, resolved like any other name, once for all
 * declarations; an exported name and one that the target lacks stay ordinary.
 */
/* { dg-do assemble } */

extern int hidden_function(int value) __attribute__((__klp_used__));
extern int hidden_function(int value);
extern int twice(void) __attribute__((klp_used, klp_sympos(2)));
extern int local_name(int value) __asm__("hidden_global") __attribute__((klp_used));
extern int exported_function(void) __attribute__((klp_used));
extern int in_another_unit(void) __attribute__((klp_used));

/* { dg-final { scan-symbols {UND hidden_function\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND twice\.klp\.vmlinux\.2$} } } */
/* { dg-final { scan-symbols {UND hidden_global\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols-not {UND (exported_function|in_another_unit)} } } */
/* { dg-final { scan-assembler-times {^\t\.weak\t} 3 } } */
