// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Several files against one kernel: see batch.h.
 */
#include "batch.h"

#include <pthread.h>
#include <unistd.h>

#define THREADS_MAX 64

/* The lock guards what follows it. */
struct queue {
	struct klpcc_match_batch *batch;
	pthread_mutex_t lock;
	size_t next, done;
	struct klpcc_progress progress;
};

static void *run_worker(void *data)
{
	struct queue *queue = data;

	pthread_mutex_lock(&queue->lock);
	while (queue->next < queue->batch->count) {
		struct klpcc_match_job *job = &queue->batch->jobs[queue->next++];

		pthread_mutex_unlock(&queue->lock);
		if (!job->err)
			job->err = klpcc_match_run(queue->batch->kernel, job->path,
						   queue->batch->in, &job->result);
		pthread_mutex_lock(&queue->lock);
		klpcc_progress_update(&queue->progress, ++queue->done);
	}
	pthread_mutex_unlock(&queue->lock);
	return NULL;
}

/* This thread is one of them: where none can be made, the work is done all the same. */
static void run_workers(struct queue *queue)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	pthread_t threads[THREADS_MAX];
	size_t wanted = processors > 1 ? (size_t)processors - 1 : 0, started = 0;

	if (wanted >= queue->batch->count)
		wanted = queue->batch->count - 1;
	if (wanted > THREADS_MAX)
		wanted = THREADS_MAX;
	while (started < wanted &&
	       !pthread_create(&threads[started], NULL, run_worker, queue))
		started++;
	run_worker(queue);
	for (size_t i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
}

struct klpcc_error *klpcc_match_batch_run(struct klpcc_match_batch *batch)
{
	struct queue queue = { .batch = batch, .lock = PTHREAD_MUTEX_INITIALIZER };

	klpcc_progress_begin(&queue.progress, "files", batch->count);
	run_workers(&queue);
	klpcc_progress_end(&queue.progress);
	pthread_mutex_destroy(&queue.lock);
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
