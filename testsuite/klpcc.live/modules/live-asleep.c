// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What it puts in place of a function in live-sleeper.c sleeps, too: while a task does, the patch
 * cannot be switched off.
 */
#include "live.h"
#include <linux/wait.h>

/* static in live-sleeper.c */
extern wait_queue_head_t live_sleeper_queue;
extern int live_sleeper_releases;

static int live_asleep(void)
{
	int before = READ_ONCE(live_sleeper_releases);

	wait_event(live_sleeper_queue, READ_ONCE(live_sleeper_releases) != before);
	return 1;
}

static struct klp_func live_funcs[] = {
	{ .old_name = "live_sleeper_wait_hard", .new_func = live_asleep }, {}
};

static struct klp_object live_objects[] = {
	{ .name = "live_sleeper", .funcs = live_funcs }, {}
};

static struct klp_patch live_patch = { .mod = THIS_MODULE, .objs = live_objects };

LIVE_PATCH("a task sleeps in the patch");
