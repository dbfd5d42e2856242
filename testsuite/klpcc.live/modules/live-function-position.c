// SPDX-License-Identifier: GPL-2.0-or-later
/* Replaces the second function of a name that the kernel has once. */
#include "live.h"

LIVE_VERSION("position")

static struct klp_func live_funcs[] = {
	{ .old_name = "version_proc_show", .new_func = live_version, .old_sympos = 2 }, {}
};

static struct klp_object live_objects[] = { { .funcs = live_funcs }, {} };
static struct klp_patch live_patch = { .mod = THIS_MODULE, .objs = live_objects };

LIVE_PATCH("a position that is not there");
