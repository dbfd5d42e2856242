/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table's source name is mapped as __FILE__ is, so that builds can be reproduced. */
/* { dg-do assemble } */
/* { dg-options "-fmacro-prefix-map=%S=/source" } */

int hidden_function(int value);

int use(void)
{
	return hidden_function(1);
}

/* { dg-final { scan-assembler {\.string\t"/source/prefix-map-1\.c"$} } } */
