/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A tail call is marked like any other, in every section that contains one. */
/* { dg-do assemble } */
/* { dg-options "-ffunction-sections" } */

int hidden_function(int value);

int hot(int value)
{
	return hidden_function(value + 1);
}

__attribute__((cold)) int cold(int value)
{
	return hidden_function(value + 2);
}

/* { dg-final { scan-sections {\.rela\.text\.hot } } } */
/* { dg-final { scan-sections {\.rela\.text\.unlikely\.cold } } } */
/* { dg-final { scan-relocs-not { hidden_function [-+]} } } */
/* { dg-final { same-sections-without-plugin } } */
