// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Workers: see workers.h.
 */
#include "workers.h"

#include <pthread.h>
#include <unistd.h>

#include "progress.h"

#define THREADS_MAX 64

/* The lock guards what follows it. */
struct queue {
	klpcc_do_task task;
	void *data;
	size_t count;
	pthread_mutex_t lock;
	size_t next, done;
	struct klpcc_progress progress;
};

static void *run_worker(void *data)
{
	struct queue *queue = data;

	pthread_mutex_lock(&queue->lock);
	while (queue->next < queue->count) {
		const size_t number = queue->next++;

		pthread_mutex_unlock(&queue->lock);
		queue->task(queue->data, number);
		pthread_mutex_lock(&queue->lock);
		klpcc_progress_update(&queue->progress, ++queue->done);
	}
	pthread_mutex_unlock(&queue->lock);
	return NULL;
}

/* This thread is one of them: where none can be made, the work is done all the same. */
static void run_threads(struct queue *queue)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	pthread_t threads[THREADS_MAX];
	size_t wanted = processors > 1 ? (size_t)processors - 1 : 0, started = 0;

	if (wanted > THREADS_MAX)
		wanted = THREADS_MAX;
	while (started < wanted && started + 1 < queue->count &&
	       !pthread_create(&threads[started], NULL, run_worker, queue))
		started++;
	run_worker(queue);
	for (size_t i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
}

void klpcc_workers_run(const char *label, size_t count, klpcc_do_task task, void *data)
{
	struct queue queue = {
		.task = task,
		.data = data,
		.count = count,
		.lock = PTHREAD_MUTEX_INITIALIZER,
	};

	klpcc_progress_begin(&queue.progress, label, count);
	run_threads(&queue);
	klpcc_progress_end(&queue.progress);
	pthread_mutex_destroy(&queue.lock);
}
