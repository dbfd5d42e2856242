// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Index reader: a module or a tree of modules: see read-modules.h.
 *
 * A distribution has thousands of modules, mostly compressed, so they are unpacked and
 * read by a thread for each processor. The calling thread adds the results to the target in
 * the order of the paths: neither the index nor the first error depends on the timing.
 */
#include "read-modules.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "module-files.h"
#include "module.h"

#define THREADS_MAX 16
/* How many modules the threads may be ahead of the merge: bounds the memory. */
#define AHEAD_MAX 64
#define WORKER_NICE 10

/* ---- the list of files ------------------------------------------------------------- */

/* kbuild's name of a module file: "snd-hda_intel.ko.xz" is "snd_hda_intel". */
static int compare_modules(const struct klpcc_module_file *a,
			   const struct klpcc_module_file *b)
{
	const char *x = strrchr(a->path, '/'), *y = strrchr(b->path, '/');

	x = x ? x + 1 : a->path;
	y = y ? y + 1 : b->path;
	for (;; x++, y++) {
		char left = *x == '-' ? '_' : *x, right = *y == '-' ? '_' : *y;

		left = left == '.' ? '\0' : left;
		right = right == '.' ? '\0' : right;
		if (left != right || !left)
			return (unsigned char)left - (unsigned char)right;
	}
}

static int by_module(const void *left, const void *right)
{
	const struct klpcc_module_file *a =
		*(const struct klpcc_module_file *const *)left;
	const struct klpcc_module_file *b =
		*(const struct klpcc_module_file *const *)right;
	int order = compare_modules(a, b);

	return order ? order : (a > b) - (a < b);
}

/* Of two files of one name, "updates" wins; two of the same rank are an error. */
static struct klpcc_error *settle_duplicate(struct klpcc_module_file *a,
					    struct klpcc_module_file *b)
{
	if (a->update == b->update)
		return klpcc_error_new(EEXIST, "%s: the same module as %s", b->path,
				       a->path);
	if (a->update) {
		struct klpcc_module_file swapped = *a;

		/* The caller goes on with b. */
		*a = *b;
		*b = swapped;
	}
	free(a->path);
	a->path = NULL;
	return NULL;
}

static struct klpcc_error *drop_replaced(struct klpcc_module_files *files)
{
	struct klpcc_module_file **sorted =
		calloc(files->count, sizeof(struct klpcc_module_file *));
	struct klpcc_error *err = NULL;
	size_t kept = 0;

	if (!sorted)
		return klpcc_error_nomem();
	for (size_t i = 0; i < files->count; i++)
		sorted[i] = &files->entries[i];
	qsort(sorted, files->count, sizeof(struct klpcc_module_file *), by_module);
	for (size_t i = 1; !err && i < files->count; i++)
		if (!compare_modules(sorted[i - 1], sorted[i]))
			err = settle_duplicate(sorted[i - 1], sorted[i]);
	free(sorted);
	for (size_t i = 0; i < files->count; i++)
		if (files->entries[i].path)
			files->entries[kept++] = files->entries[i];
	files->count = kept;
	return err;
}

/* ---- the threads ------------------------------------------------------------------- */

struct job {
	struct klpcc_module module;
	struct klpcc_error *err;
	bool done;
};

/* The lock guards everything but files, which does not change. */
struct queue {
	const struct klpcc_module_files *files;
	struct job *jobs; /* one for each file */
	pthread_mutex_t lock;
	pthread_cond_t finished, merged;
	size_t next;         /* the first file that no thread has taken */
	size_t merged_count; /* files that the caller is through with */
	bool stop;
};

static void *run_worker(void *data)
{
	struct queue *queue = data;

	/*
	 * Below the thread that unpacks the image: that is one long piece of work, and
	 * the many small ones here fit around it. Without the lower priority it works,
	 * too.
	 */
	setpriority(PRIO_PROCESS, (id_t)gettid(), WORKER_NICE);
	pthread_mutex_lock(&queue->lock);
	for (;;) {
		struct klpcc_module module = { 0 };
		struct klpcc_error *err;
		size_t mine;

		while (!queue->stop && queue->next < queue->files->count &&
		       queue->next >= queue->merged_count + AHEAD_MAX)
			pthread_cond_wait(&queue->merged, &queue->lock);
		if (queue->stop || queue->next == queue->files->count)
			break;
		mine = queue->next++;
		pthread_mutex_unlock(&queue->lock);
		err = klpcc_module_init(queue->files->entries[mine].path, &module);
		pthread_mutex_lock(&queue->lock);
		queue->jobs[mine] = (struct job){ module, err, true };
		pthread_cond_signal(&queue->finished);
	}
	pthread_mutex_unlock(&queue->lock);
	return NULL;
}

static struct klpcc_error *merge_module(struct klpcc_target *target, const char *path,
					const struct klpcc_module *module, bool named)
{
	struct klpcc_error *err;

	if (module->livepatch)
		return named ? klpcc_error_new(
				       EINVAL,
				       "%s: a livepatch module, which does not belong in an index",
				       path)
			     : NULL;
	err = klpcc_module_add(module, target);
	return klpcc_error_prefix(err, "%s", path);
}

/* Takes the results in order, as they become ready. named: the user named the one file. */
static struct klpcc_error *merge_modules(struct klpcc_target *target, struct queue *queue,
					 bool named, klpcc_progress *progress, void *data)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < queue->files->count; i++) {
		struct job *job = &queue->jobs[i];

		pthread_mutex_lock(&queue->lock);
		while (!job->done)
			pthread_cond_wait(&queue->finished, &queue->lock);
		pthread_mutex_unlock(&queue->lock);
		err = job->err;
		job->err = NULL;
		if (!err)
			err = merge_module(target, queue->files->entries[i].path,
					   &job->module, named);
		klpcc_module_deinit(&job->module);
		pthread_mutex_lock(&queue->lock);
		queue->merged_count = i + 1;
		queue->stop = err != NULL;
		pthread_cond_broadcast(&queue->merged);
		pthread_mutex_unlock(&queue->lock);
		if (!err && progress)
			progress(data, i + 1, queue->files->count);
	}
	return err;
}

static size_t thread_count(size_t files)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t count = processors > 0 ? (size_t)processors : 1;

	count = count < THREADS_MAX ? count : THREADS_MAX;
	return count < files ? count : files;
}

static struct klpcc_error *read_files(struct klpcc_target *target,
				      const struct klpcc_module_files *files, bool named,
				      klpcc_progress *progress, void *data)
{
	struct queue queue = { .files = files,
			       .lock = PTHREAD_MUTEX_INITIALIZER,
			       .finished = PTHREAD_COND_INITIALIZER,
			       .merged = PTHREAD_COND_INITIALIZER };
	size_t started = 0, wanted = thread_count(files->count);
	pthread_t threads[THREADS_MAX];
	struct klpcc_error *err;
	int code = 0;

	queue.jobs = calloc(files->count, sizeof(*queue.jobs));
	if (!queue.jobs)
		return klpcc_error_nomem();
	while (started < wanted && !code) {
		code = pthread_create(&threads[started], NULL, run_worker, &queue);
		started += !code;
	}
	/* Fewer threads than processors are slower, and that is all. */
	err = started ? merge_modules(target, &queue, named, progress, data)
		      : klpcc_error_errno(code, "cannot start a thread");
	while (started)
		pthread_join(threads[--started], NULL);
	for (size_t i = 0; i < files->count; i++) {
		klpcc_error_free(queue.jobs[i].err);
		klpcc_module_deinit(&queue.jobs[i].module);
	}
	free(queue.jobs);
	return err;
}

struct klpcc_error *klpcc_read_modules(struct klpcc_target *target, const char *path,
				       klpcc_progress *progress, void *data)
{
	struct klpcc_module_files files = { NULL, 0, 0 };
	struct klpcc_error *err;
	struct stat st;
	bool directory;

	if (stat(path, &st) < 0)
		return klpcc_error_errno(errno, "%s: cannot open", path);
	directory = S_ISDIR(st.st_mode);
	err = directory ? klpcc_module_files_list(&files, path, false)
			: klpcc_module_files_add(&files, path, false);
	if (!err && directory)
		err = drop_replaced(&files);
	if (!err)
		err = read_files(target, &files, !directory, progress, data);
	klpcc_module_files_deinit(&files);
	return err;
}
