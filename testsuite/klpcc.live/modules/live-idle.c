// SPDX-License-Identifier: GPL-2.0-or-later
/* Says that it is a livepatch, and enables nothing. */
#include "live.h"

static int __init live_init(void)
{
	return 0;
}

static void __exit live_exit(void)
{
}

module_init(live_init);
module_exit(live_exit);
MODULE_DESCRIPTION("klpcc test: a livepatch that patches nothing");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
