/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GNU C's structs with arrays of any length have no layout to compare. */
/* { dg-do assemble } */
extern void of_another_unit(void *);

int use(int n)
{
	struct item {
		int a;
		char long_one[n];
		int flag;
	} item;
	struct pair {
		struct {
			char inside[n];
			int left;
		};
		int right;
	} pair;

	of_another_unit(&item);
	of_another_unit(&pair);
	return item.flag + pair.right;
}
