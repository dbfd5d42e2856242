/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Workers: threads that do tasks which know nothing of each other, one for each processor, with
 * a progress bar.
 */
#ifndef KLPCC_WORKERS_H
#define KLPCC_WORKERS_H

#include <stddef.h>

/* Does one task, in any thread; number: from 0. What it finds out goes where data points. */
typedef void (*klpcc_do_task)(void *data, size_t number);

/* Returns when all count tasks are done. label: what they are, e.g. "modules". */
void klpcc_workers_run(const char *label, size_t count, klpcc_do_task task, void *data);

#endif
