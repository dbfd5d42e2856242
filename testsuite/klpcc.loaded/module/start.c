// SPDX-License-Identifier: GPL-2.0-or-later
/* Code and data that are gone when the module runs, among them the name of first.c again. */
#include <linux/init.h>
#include <linux/module.h>

#include "loaded.h"

static int start_state __initdata = 7;
static int seed __read_mostly = 1;
module_param(seed, int, 0444);
MODULE_PARM_DESC(seed, "where to start");

static noinline int __init twin(int x)
{
	return x - start_state;
}

static int __init loaded_init(void)
{
	seed = klpcc_loaded_first(seed) + klpcc_loaded_second(seed) + twin(seed);
	return 0;
}

static void __exit loaded_exit(void)
{
}

module_init(loaded_init);
module_exit(loaded_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A module to be looked up");
