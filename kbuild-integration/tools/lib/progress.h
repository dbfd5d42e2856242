/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A progress bar on standard error for work that takes seconds, e.g. reading some thousand
 * modules. It shows on a terminal only, and leaves an empty line behind, so that whatever
 * is printed next starts clean.
 *
 * The begin function decides whether to show anything; update and end are then cheap no-ops
 * where it does not, and all three may be called with NULL.
 */
#ifndef KLPCC_PROGRESS_H
#define KLPCC_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct klpcc_progress {
	bool quiet;        /* set by the caller before begin: never show */
	bool active;       /* the rest is private */
	const char *label; /* borrowed */
	size_t total;
	int percent; /* as drawn; -1: not yet */
};

/* Shows no bar from now on, whoever begins one: for a command that is to be quiet. */
void klpcc_progress_silence(void);

/* label: what is being done, e.g. "modules". total: units of work, 0 shows nothing. */
void klpcc_progress_begin(struct klpcc_progress *progress, const char *label,
			  size_t total);
/* done: units so far, at most total. Draws only when the percentage changes. */
void klpcc_progress_update(struct klpcc_progress *progress, size_t done);
/* Takes the bar away. Harmless when none is shown. */
void klpcc_progress_end(struct klpcc_progress *progress);

/* Whether anything can be shown at all: for work that costs something only to be shown. */
bool klpcc_progress_is_shown(void);
/* In place of a bar where nobody knows the end: a line that the next one takes the place of. */
void klpcc_progress_line(const char *format, ...)
	__attribute__((__format__(__printf__, 1, 2)));
/* Takes the line away. Harmless when none is shown. */
void klpcc_progress_end_line(void);

#endif
