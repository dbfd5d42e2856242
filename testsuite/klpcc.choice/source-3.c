/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do assemble } */

extern int only_here(void) __attribute__((klp_source(""))); /* { dg-error "12: 'klp_source' attribute argument is empty" } */

int x;
