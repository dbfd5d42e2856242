/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A name that the target has, but a mark cannot hold. */
/* { dg-do compile } */

extern int odd(void) __asm__("odd@name"); /* { dg-error "12: 'odd@name' cannot be marked: the symbol contains a character" } */

int use(void)
{
	return odd();
}
