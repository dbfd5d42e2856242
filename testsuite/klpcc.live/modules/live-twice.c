// SPDX-License-Identifier: GPL-2.0-or-later
/* Says twice what it replaces. */
#include "live.h"

LIVE_VERSION("twice")

static struct klp_func live_funcs[] = {
	{ .old_name = "version_proc_show", .new_func = live_version },
	{ .old_name = "version_proc_show", .new_func = live_version },
	{}
};

static struct klp_object live_objects[] = { { .funcs = live_funcs }, {} };
static struct klp_patch live_patch = { .mod = THIS_MODULE, .objs = live_objects };

LIVE_PATCH("one function twice");
