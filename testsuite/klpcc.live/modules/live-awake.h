/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A patch of both functions in which a task sleeps; its transition waits for the tasks there. */
#include "live.h"

/* static in live-sleeper.c: a reference that waits for that module */
extern int live_sleeper_releases;

static int live_awake(void)
{
	return 1 + (READ_ONCE(live_sleeper_releases) < 0);
}

static struct klp_func live_funcs[] = {
	{ .old_name = "live_sleeper_wait_soft", .new_func = live_awake },
	{ .old_name = "live_sleeper_wait_hard", .new_func = live_awake },
	{}
};

static struct klp_object live_objects[] = {
	{ .name = "live_sleeper", .funcs = live_funcs }, {}
};

static struct klp_patch live_patch = {
	.mod = THIS_MODULE,
	.objs = live_objects,
	.replace = LIVE_REPLACE,
};
