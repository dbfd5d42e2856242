// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The options of commands that wait for a transition: see transition-options.h.
 */
#include "transition-options.h"

#include <stdlib.h>

#include <lib/progress.h>

/* A year; so that no sum of times overflows. */
#define TIMEOUT_MAX 31536000

static double read_timeout(const struct klpcc_command_line *line)
{
	char *end;
	double seconds = strtod(line->value, &end);

	if (end == line->value || *end || !(seconds >= 0 && seconds <= TIMEOUT_MAX))
		klpcc_wrong_usage(line, "--timeout: '%s' is not a number of seconds",
				  line->value);
	return seconds;
}

void klpcc_transition_take_option(struct klpcc_transition_options *options, int key,
				  const struct klpcc_command_line *line)
{
	switch (key) {
	case KLPCC_OPTION_TIMEOUT:
		options->timeout = read_timeout(line);
		break;
	case KLPCC_OPTION_SIGNAL:
		options->signal = true;
		break;
	case KLPCC_OPTION_FORCE:
		options->force = true;
		break;
	case 'q':
		options->quiet = true;
		klpcc_progress_silence();
		break;
	}
}

void klpcc_transition_check_options(const struct klpcc_transition_options *options,
				    const struct klpcc_command_line *line)
{
	if (options->force && options->timeout <= 0)
		klpcc_wrong_usage(
			line,
			"--force comes when the time is over, and --timeout=0 has no end");
}
