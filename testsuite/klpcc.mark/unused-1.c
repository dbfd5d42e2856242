/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A declaration that the unit does not refer to in the end costs nothing and says nothing,
 * however wrong it would be.
 */
/* { dg-do assemble } */

extern int twice(void), init_function(void), hidden_function(int value);
extern int absent(void) __attribute__((klp_object("no_such_module")));
extern int late(void) __attribute__((klp_object("no_such_module")));

static inline __attribute__((always_inline)) int choose(int value)
{
	return value > 3 ? late() + twice() : 1;
}

int use(void)
{
	int sum = 0;

	for (int i = 0; i < 3; i++)
		sum += choose(i);
	return __builtin_constant_p(sum) ? sum : 0;
}

/* { dg-final { scan-symbols-not {UND [a-z]} } } */
/* { dg-final { scan-sections-not {klpcc} } } */
