/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loads one livepatch.
 */
#ifndef KLPCC_LIVE_LOAD_H
#define KLPCC_LIVE_LOAD_H

#include "modules.h"
#include "transition.h"

struct klpcc_load_options {
	struct klpcc_transition_options transition;
	const char *
		index; /* of the running kernel, to verify with; NULL: one that is found */
};

/*
 * Loads a module's file, with what it needs, and waits for the end of its transition. When this
 * fails the patch is not in the kernel, or the error says that it is.
 */
struct klpcc_error *klpcc_load(const char *path,
			       const struct klpcc_load_options *options) KLPCC_MUST_CHECK;

#endif
