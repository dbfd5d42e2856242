// SPDX-License-Identifier: GPL-2.0-or-later
/* Its callback refuses the patch. */
#include "live.h"

LIVE_VERSION("callback")

static int live_refuse(struct klp_object *object)
{
	return -ENOSPC;
}

static struct klp_func live_funcs[] = {
	{ .old_name = "version_proc_show", .new_func = live_version }, {}
};

static struct klp_object live_objects[] = {
	{ .funcs = live_funcs, .callbacks.pre_patch = live_refuse }, {}
};

static struct klp_patch live_patch = { .mod = THIS_MODULE, .objs = live_objects };

LIVE_PATCH("its callback refuses it");
