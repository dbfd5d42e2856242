/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One assembler name has one meaning. */
/* { dg-do assemble } */

extern int first(void) __asm__("twice") __attribute__((klp_sympos(1))); /* { dg-message "12: note: 'first' is declared here" } */
extern int second(void) __asm__("twice") __attribute__((klp_sympos(2))); /* { dg-error "12: 'second' and 'first' are both 'twice' to the assembler, but mean different symbols" } */

int use(void)
{
	return first() + second();
}
