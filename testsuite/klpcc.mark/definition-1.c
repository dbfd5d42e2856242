/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A definition of the unit's own, of every kind, hides the target's symbol. */
/* { dg-do assemble } */

extern int hidden_function(int value), hidden_global(int value), hidden_die(int value);
extern int hidden_variable;

int hidden_variable;
extern long hidden_array[2] __attribute__((alias("own_array")));
long own_array[2];

static int shared_name(int value)
{
	return value;
}

int hidden_function(int value)
{
	return shared_name(value) + 1;
}

int own_name(int value) __asm__("hidden_global");
int own_name(int value)
{
	return value + 2;
}

__attribute__((weak)) int hidden_die(int value)
{
	return value + 3;
}

int use(int value)
{
	return hidden_function(value) + hidden_global(value) + hidden_die(value) +
	       hidden_variable + hidden_array[1];
}

/* { dg-final { scan-symbols-not {klp} } } */
/* { dg-final { scan-symbols-not {UND [a-z]} } } */
