/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Locks on open files and directories, as flock(1) has them. They last until the last process that
 * has the descriptor closes it.
 */
#ifndef KLPCC_LOCK_H
#define KLPCC_LOCK_H

#include <stdbool.h>

#include "error.h"

/* Takes the lock unless another holds it. *ret: whether it was taken. path: for messages. */
struct klpcc_error *klpcc_lock_try(int fd, const char *path, bool *ret) KLPCC_MUST_CHECK;

/* Waits for the lock; stop.h says what ends that. */
struct klpcc_error *klpcc_lock_wait(int fd, const char *path) KLPCC_MUST_CHECK;

#endif
