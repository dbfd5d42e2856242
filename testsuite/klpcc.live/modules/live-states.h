/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A patch that has changed a state of the system, as LIVE_STATE says: a version of it. */
#include "live.h"

LIVE_VERSION("states")

static struct klp_func live_funcs[] = {
	{ .old_name = "version_proc_show", .new_func = live_version }, {}
};

static struct klp_object live_objects[] = { { .funcs = live_funcs }, {} };
static struct klp_state live_states[] = { { .id = 1, .version = LIVE_STATE }, {} };

static struct klp_patch live_patch = {
	.mod = THIS_MODULE,
	.objs = live_objects,
	.states = live_states,
};
