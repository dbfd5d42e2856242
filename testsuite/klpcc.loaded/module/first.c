// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A module with one symbol of every kind that the kernel treats in its own way: it is loaded,
 * and what /proc/kallsyms then says is compared with what the index says. Names come twice.
 */
#include <linux/module.h>
#include <linux/percpu.h>

#include "loaded.h"

static int twin_state = 1;
static const int twin_table[2] = { 3, 4 };
static long room[8];
static DEFINE_PER_CPU(int, twin_count);

static noinline int twin(int x)
{
	room[x & 7]++;
	return x + twin_state + twin_table[x & 1];
}

int klpcc_loaded_first(int x)
{
	this_cpu_inc(twin_count);
	return twin(x);
}
EXPORT_SYMBOL(klpcc_loaded_first);
