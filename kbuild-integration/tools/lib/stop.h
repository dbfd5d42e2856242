/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Being stopped by SIGHUP, SIGINT or SIGTERM, for a command that has files to remove and programs
 * to end first.
 *
 * After klpcc_stop_begin() such a signal ends nothing at once. The programs that klpcc_run() has
 * started get SIGTERM, with all that they have started, and it starts no more of them. So the
 * command fails where it is, and cleans up as after any error. klpcc_stop_end() then ends the
 * process as the signal would have. SIGQUIT still ends it at once.
 */
#ifndef KLPCC_STOP_H
#define KLPCC_STOP_H

#include <spawn.h>
#include <sys/types.h>

#include "error.h"

/* To be called once, before there are threads. Signals that are ignored stay so. */
void klpcc_stop_begin(void);

/* An error with the code EINTR if a signal has come. */
struct klpcc_error *klpcc_stop_check(void) KLPCC_MUST_CHECK;

/* Ends the process by the signal, if one has come. */
void klpcc_stop_end(void);

/* A program that runs; private, and in place until klpcc_stop_wait() returns. */
struct klpcc_stop_program {
	pid_t pid;
	struct klpcc_stop_program *next;
};

/* posix_spawnp(), for run.c. Fails if a signal has come. */
struct klpcc_error *klpcc_stop_spawn(const char *const *argv, char *const *environment,
				     const posix_spawn_file_actions_t *actions,
				     struct klpcc_stop_program *ret) KLPCC_MUST_CHECK;

/* Waits until the program has ended. *status: as waitpid() has it. */
struct klpcc_error *klpcc_stop_wait(struct klpcc_stop_program *program,
				    int *status) KLPCC_MUST_CHECK;

#endif
