// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Needs what only the later version of live_sleeper has. Beside the earlier one it is refused; when
 * it is loaded first, it is the earlier one that is refused.
 */
#include "live.h"

/* static in live-sleeper.c, with LIVE_SLEEPER_MORE */
extern int live_sleeper_more;

static int live_awake(void)
{
	return live_sleeper_more;
}

static struct klp_func live_funcs[] = {
	{ .old_name = "live_sleeper_wait_soft", .new_func = live_awake }, {}
};

static struct klp_object live_objects[] = {
	{ .name = "live_sleeper", .funcs = live_funcs }, {}
};

static struct klp_patch live_patch = { .mod = THIS_MODULE, .objs = live_objects };

LIVE_PATCH("for a later version of its target");
