/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Options that all commands have which wait for a transition.
 */
#ifndef KLPCC_LIVE_TRANSITION_OPTIONS_H
#define KLPCC_LIVE_TRANSITION_OPTIONS_H

#include <tool.h>

#include "transition.h"

/* Keys after those of the commands. */
enum {
	KLPCC_OPTION_TIMEOUT = KLPCC_OPTION_LONG + 0x40,
	KLPCC_OPTION_SIGNAL,
	KLPCC_OPTION_FORCE,
};

#define KLPCC_TRANSITION_OPTION_LIST                                                      \
	{ "timeout",                                                                      \
	  KLPCC_OPTION_TIMEOUT,                                                           \
	  "SECONDS",                                                                      \
	  0,                                                                              \
	  "How long a transition may take, 60 by default; 0: as long as it takes",        \
	  0 },                                                                            \
		{ "signal",                                                               \
		  KLPCC_OPTION_SIGNAL,                                                    \
		  NULL,                                                                   \
		  0,                                                                      \
		  "Wake tasks that sleep at once, where the kernel lets one ask for it",  \
		  0 },                                                                    \
		{ "force",                                                                \
		  KLPCC_OPTION_FORCE,                                                     \
		  NULL,                                                                   \
		  0,                                                                      \
		  "When the time is over, end the transition although tasks run the old " \
		  "code",                                                                 \
		  0 },                                                                    \
	{                                                                                 \
		"quiet", 'q', NULL, 0, "Print only errors, warnings and notes", 0         \
	}

/* Without options. */
#define KLPCC_TRANSITION_DEFAULTS                    \
	{                                            \
		.timeout = KLPCC_TRANSITION_TIMEOUT, \
	}

/* Wrong usage for options that exclude each other. */
void klpcc_transition_check_options(const struct klpcc_transition_options *options,
				    const struct klpcc_command_line *line);

/* Takes one of these options; wrong usage for a number that is none. */
void klpcc_transition_take_option(struct klpcc_transition_options *options, int key,
				  const struct klpcc_command_line *line);

#endif
