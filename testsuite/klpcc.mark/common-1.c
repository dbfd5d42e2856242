/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A common symbol is a definition, too. */
/* { dg-do assemble } */
/* { dg-options "-fcommon" } */

int hidden_variable;

int use(void)
{
	return hidden_variable;
}

/* { dg-final { scan-symbols {COM hidden_variable$} } } */
/* { dg-final { scan-symbols-not {klp} } } */
