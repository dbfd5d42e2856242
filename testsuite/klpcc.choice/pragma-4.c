/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a pragma leads to names the pragma. */
/* { dg-do assemble } */

#pragma klp object("m_two") /* { dg-message "note: because of this pragma" } */
extern int one_only(void); /* { dg-error "12: 'm_two' has no symbol 'one_only'" } */
/* { dg-message "12: note: 'm_one' has a symbol 'one_only'" "where" { target *-*-* } .-1 } */

int use(void)
{
	return one_only();
}
