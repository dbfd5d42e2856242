// SPDX-License-Identifier: GPL-2.0-or-later
/* As live-more.c, but it is the function to replace that live_sleeper does not have. */
#include "live.h"

static int live_gone(void)
{
	return 1;
}

static struct klp_func live_funcs[] = {
	{ .old_name = "live_sleeper_gone", .new_func = live_gone }, {}
};

static struct klp_object live_objects[] = {
	{ .name = "live_sleeper", .funcs = live_funcs }, {}
};

static struct klp_patch live_patch = { .mod = THIS_MODULE, .objs = live_objects };

LIVE_PATCH("for a function that its target does not have");
