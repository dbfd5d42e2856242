// SPDX-License-Identifier: GPL-2.0-or-later
/* Its callback wants no live_sleeper: refused beside it, or live_sleeper after it. */
#include "live.h"

static int live_awake(void)
{
	return 1;
}

static int live_refuse(struct klp_object *object)
{
	return -ENOSPC;
}

static struct klp_func live_funcs[] = {
	{ .old_name = "live_sleeper_wait_soft", .new_func = live_awake }, {}
};

static struct klp_object live_objects[] = { { .name = "live_sleeper",
					      .funcs = live_funcs,
					      .callbacks.pre_patch = live_refuse },
					    {} };

static struct klp_patch live_patch = { .mod = THIS_MODULE, .objs = live_objects };

LIVE_PATCH("its callback refuses its target");
