// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The other file of the module. Its header is in a directory that its Makefile names.
 */
#include <linux/kernel.h>
#include <linux/module.h>

#include "value.h"

static int outside_calls;

int outside_value(int step)
{
	outside_calls += step;
	pr_debug("%s: %d\n", __FILE__, outside_calls);
	return outside_calls;
}
