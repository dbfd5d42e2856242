/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Takes livepatches out of the kernel.
 */
#ifndef KLPCC_LIVE_UNLOAD_H
#define KLPCC_LIVE_UNLOAD_H

#include "transition.h"

/*
 * Disables a livepatch, waits for the end of that, and removes its module. name: of the module. The
 * error says what stays, and why.
 */
struct klpcc_error *
klpcc_unload(const char *name,
	     const struct klpcc_transition_options *options) KLPCC_MUST_CHECK;

/* Removes the module of a livepatch that is disabled, or was refused. */
struct klpcc_error *klpcc_unload_module(const char *name) KLPCC_MUST_CHECK;

#endif
