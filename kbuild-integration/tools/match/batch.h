/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Several files against one kernel, a thread for each processor.
 */
#ifndef KLPCC_MATCH_BATCH_H
#define KLPCC_MATCH_BATCH_H

#include <stdio.h>

#include "match.h"

struct klpcc_match_job {
	const char *name; /* how it is printed; borrowed, as is path */
	const char *path; /* of the object; NULL: there is none, and err says why */
	const char *in; /* as that of the batch, for this one alone; NULL, or borrowed */
	struct klpcc_error *err; /* not NULL: there is no result */
	struct klpcc_match_result result;
};

struct klpcc_match_batch {
	struct klpcc_match_kernel *kernel;
	const char *in; /* see klpcc_match_run() */
	struct klpcc_match_job *jobs;
	size_t count;
};

/* Fails only if the index has changed meanwhile: then nothing counts. */
struct klpcc_error *
klpcc_match_batch_run(struct klpcc_match_batch *batch) KLPCC_MUST_CHECK;
/* Frees the results and errors of the jobs. */
void klpcc_match_batch_deinit(struct klpcc_match_batch *batch);

/* An exit status: 0 all match, 1 one does not, 2 of one it cannot be told. */
int klpcc_match_batch_status(const struct klpcc_match_batch *batch);

/* print.c: for people. quiet: nothing of files that match. */
struct klpcc_error *klpcc_match_print(FILE *stream, const struct klpcc_match_batch *batch,
				      bool quiet) KLPCC_MUST_CHECK;
/* json.c */
struct klpcc_error *
klpcc_match_print_json(FILE *stream,
		       const struct klpcc_match_batch *batch) KLPCC_MUST_CHECK;

#endif
