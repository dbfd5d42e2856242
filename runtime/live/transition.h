/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Transitions: a patch is being enabled or disabled until every task has changed over
 * (Documentation/livepatch/livepatch.rst). This waits for that, and tells who is in the way.
 */
#ifndef KLPCC_LIVE_TRANSITION_H
#define KLPCC_LIVE_TRANSITION_H

#include <stdbool.h>

#include <lib/error.h>

/* In seconds. The kernel itself wakes those that sleep after 15. */
#define KLPCC_TRANSITION_TIMEOUT 60

/* What the user wants of a transition. */
struct klpcc_transition_options {
	double timeout; /* seconds; 0: none */
	bool signal;    /* at once, where this kernel has a file for it */
	bool force;     /* at the end of the timeout */
	bool quiet;     /* no progress */
};

enum klpcc_transition_end {
	KLPCC_TRANSITION_DONE,
	KLPCC_TRANSITION_FORCED,
	KLPCC_TRANSITION_TIMEOUT_OVER,
	KLPCC_TRANSITION_STOPPED, /* by a signal to this process (lib/stop.h) */
	/* Somebody else has reversed it, or removed the patch. */
	KLPCC_TRANSITION_OVERRULED,
};

/*
 * Waits until the patch of that name is in no transition. enabling: which way it goes. *seconds:
 * how long that took.
 */
struct klpcc_error *klpcc_transition_wait(const char *name, bool enabling,
					  const struct klpcc_transition_options *options,
					  enum klpcc_transition_end *end,
					  double *seconds) KLPCC_MUST_CHECK;

/*
 * Reverses a transition, and waits for the end of that for some seconds. *ended: whether it has
 * come to its end meanwhile; then nothing is reversed.
 */
struct klpcc_error *klpcc_transition_reverse(const char *name, bool enabling,
					     bool *ended) KLPCC_MUST_CHECK;

/* Whether the patch of that name is enabled, and in no transition. */
bool klpcc_transition_is_enabled(const char *name);

/* Waits until the kernel has dropped its reference to a module, for a few seconds. */
bool klpcc_transition_wait_unused(const char *name);

#endif
