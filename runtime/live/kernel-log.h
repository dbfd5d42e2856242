/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel writes into its log from some moment on.
 */
#ifndef KLPCC_LIVE_KERNEL_LOG_H
#define KLPCC_LIVE_KERNEL_LOG_H

#include <lib/words.h>

/* A place in the log. */
struct klpcc_kernel_log {
	int fd; /* -1: this user may not read it */
};

/* From here on. */
void klpcc_kernel_log_begin(struct klpcc_kernel_log *log);

/* The lines since then, from notices up to errors, without their level and time; none where the log
 * cannot be read. */
struct klpcc_error *klpcc_kernel_log_read(const struct klpcc_kernel_log *log,
					  struct klpcc_words *ret) KLPCC_MUST_CHECK;

void klpcc_kernel_log_end(struct klpcc_kernel_log *log);

#endif
