/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs other programs, and keeps what they print until it is known whether anybody wants to
 * see it.
 */
#ifndef KLPCC_RUN_H
#define KLPCC_RUN_H

#include <stdbool.h>

#include "error.h"
#include "file.h"

struct klpcc_run {
	const char *const *argv;  /* argv[0] is looked for in PATH; ends with NULL */
	const char *directory;    /* to run in; NULL: this one */
	char *const *environment; /* ends with NULL; NULL: this process's */
	bool silent;              /* klpcc_run() shows nothing if it fails */
	bool warns;      /* it shows all that was printed if the program succeeds */
	bool from_start; /* it shows the beginning, as a compiler's first error counts */
	/* "/tmp/klpcc-x/": names that begin so are shown by the rest; NULL: all are whole. */
	const char *hidden;
	/* The reason of a failure is what it says on standard error, without its name. */
	bool speaks;
	/* NULL, or how it ended, as a shell has it: 0 to 255; -1 where it did not run at all. */
	int *ended;
};

/*
 * Runs the program and waits for it. If it fails, the end of what it printed, or the beginning,
 * goes to standard error, and the error names the program and how it ended. Its standard input is
 * empty. If what it printed tells of a full disk, nothing is shown: that line is the error, with
 * the code ENOSPC.
 */
struct klpcc_error *klpcc_run(const struct klpcc_run *run) KLPCC_MUST_CHECK;

/*
 * The same for a program whose output is wanted: *ret is its standard output. What it says on
 * standard error is not shown, and part of the error.
 */
struct klpcc_error *klpcc_run_read(const struct klpcc_run *run,
				   struct klpcc_buffer *ret) KLPCC_MUST_CHECK;

/*
 * The same for a program whose messages are wanted, too. Both are there with an error, as far as
 * the program got.
 */
struct klpcc_error *klpcc_run_logs(const struct klpcc_run *run,
				   struct klpcc_buffer *output,
				   struct klpcc_buffer *errors) KLPCC_MUST_CHECK;

#endif
