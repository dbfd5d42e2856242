/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tasks that hold a transition: they still run the code from before it, and the kernel waits until
 * each of them has left it.
 */
#ifndef KLPCC_LIVE_HOLDERS_H
#define KLPCC_LIVE_HOLDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "patches.h"

struct klpcc_holder {
	pid_t pid, tid;
	char command[32];
	char state; /* as proc_pid_stat(5) has it: 'S' sleeps, 'D' sleeps and takes no signal */
	/* On its stack: "FUNCTION" or "FUNCTION of MODULE"; NULL: none, or not for this user. */
	char *function;
};

struct klpcc_holders {
	struct klpcc_holder *holders;
	size_t count, capacity;
};

/*
 * Finds those of a patch in transition; enabling: which way it goes. The kernel's own tasks of each
 * processor are in no list. *ret is empty for who is not root.
 */
struct klpcc_error *klpcc_holders_read(const struct klpcc_live_patches *patches,
				       const char *name, bool enabling,
				       struct klpcc_holders *ret) KLPCC_MUST_CHECK;
void klpcc_holders_deinit(struct klpcc_holders *holders);

#endif
