/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What only a later optimization drops leaves no stray mark and no complaint. */
/* { dg-do assemble } */

extern int twice(void), hidden_function(int value);

static int __attribute__((noinline)) pick(int value)
{
	if (value == 7)
		return twice() + hidden_function(1);
	return value;
}

int use(void)
{
	return pick(3) + pick(4);
}

/* { dg-final { scan-symbols-not {UND [a-z]} } } */
/* { dg-final { scan-sections-not {klpcc} } } */
