// SPDX-License-Identifier: GPL-2.0-or-later
/* What live-import.c needs. */
#include <linux/module.h>

int live_provided(void);

int live_provided(void)
{
	return 7;
}
EXPORT_SYMBOL_GPL(live_provided);

MODULE_DESCRIPTION("klpcc test: exports a function");
MODULE_LICENSE("GPL");
