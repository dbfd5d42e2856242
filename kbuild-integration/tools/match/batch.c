// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Several files against one kernel: see batch.h.
 */
#include "batch.h"

#include "lib/workers.h"

static void match_file(void *data, size_t number)
{
	const struct klpcc_match_batch *batch = data;
	struct klpcc_match_job *job = &batch->jobs[number];

	if (!job->err)
		job->err = klpcc_match_run(batch->kernel, job->path,
					   job->in ? job->in : batch->in, &job->result);
}

struct klpcc_error *klpcc_match_batch_run(struct klpcc_match_batch *batch)
{
	klpcc_workers_run("files", batch->count, match_file, batch);
	return klpcc_index_check_unchanged(batch->kernel->index);
}

void klpcc_match_batch_deinit(struct klpcc_match_batch *batch)
{
	for (size_t i = 0; i < batch->count; i++) {
		klpcc_error_free(batch->jobs[i].err);
		klpcc_match_result_deinit(&batch->jobs[i].result);
	}
}

int klpcc_match_batch_status(const struct klpcc_match_batch *batch)
{
	int status = 0;

	for (size_t i = 0; i < batch->count; i++) {
		const struct klpcc_match_job *job = &batch->jobs[i];

		if (job->err)
			return 2;
		if (!job->result.matches)
			status = 1;
	}
	return status;
}
