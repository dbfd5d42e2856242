// SPDX-License-Identifier: GPL-2.0-or-later
/* The same names as in first.c, and a GPL-only export in a namespace. */
#include <linux/module.h>

#include "loaded.h"

static int twin_state = 2;
static const int twin_table[2] = { 5, 6 };

static noinline int twin(int x)
{
	return x * twin_state + twin_table[x & 1];
}

int __weak klpcc_loaded_weak(int x)
{
	return x;
}

int klpcc_loaded_second(int x)
{
	return klpcc_loaded_weak(twin(x));
}
EXPORT_SYMBOL_NS_GPL(klpcc_loaded_second, KLPCC_LOADED);
