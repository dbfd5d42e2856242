// SPDX-License-Identifier: GPL-2.0-or-later
/* Takes the place of a module that went, so that it comes back elsewhere. */
#include <linux/module.h>

static char pad[16];
module_param_string(pad, pad, sizeof(pad), 0444);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("klpcc test: takes up room");
