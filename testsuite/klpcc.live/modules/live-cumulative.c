// SPDX-License-Identifier: GPL-2.0-or-later
/* Replaces every patch that is there, with what it redirects and what it does not. */
#include "live.h"
#include <klpcc.h>

LIVE_VERSION("cumulative")

static struct klp_func live_funcs[] = {
	{ .old_name = "version_proc_show", .new_func = live_version }, {}
};

static struct klp_object live_objects[] = { { .funcs = live_funcs }, {} };

static struct klp_patch live_patch = {
	.mod = THIS_MODULE,
	.objs = live_objects,
	.replace = true,
};

LIVE_PATCH("in place of all others");

MODULE_VERSION("2.1");
KLPCC_ORIGIN("ticket 4711, \x1b[31m for all");
