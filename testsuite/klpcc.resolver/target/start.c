// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What klpcc_target has in init memory: the first of its three functions of one name. The kernel
 * counts it as long as the module is coming, which is when a patch is applied to it.
 */
#include <linux/compiler.h>
#include <linux/init.h>

#include "target.h"

static noinline int __init target_twin(void)
{
	barrier();
	return 0;
}

int __init target_prepare(void)
{
	return target_twin();
}
