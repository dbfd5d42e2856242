// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Being stopped by a signal: see stop.h.
 *
 * A thread waits for the signals, which all others block. Each program is a process group of its
 * own: a signal for klpcc alone is to reach compilers that make has started.
 */
#include "stop.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>

/* The lock guards what follows it, once there are threads. */
static struct {
	bool active;
	sigset_t signals;  /* that are waited for */
	sigset_t original; /* what was blocked before */
	pthread_mutex_t lock;
	int number; /* of the signal that came first; 0: none */
	struct klpcc_stop_program *programs;
} stop = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void *wait_for_signals(void *data)
{
	int number;

	(void)data;
	for (;;) {
		if (sigwait(&stop.signals, &number))
			continue;
		pthread_mutex_lock(&stop.lock);
		if (!stop.number)
			stop.number = number;
		for (struct klpcc_stop_program *program = stop.programs; program;
		     program = program->next)
			kill(-program->pid, SIGTERM);
		pthread_mutex_unlock(&stop.lock);
	}
	return NULL;
}

void klpcc_stop_begin(void)
{
	static const int numbers[] = { SIGHUP, SIGINT, SIGTERM };
	pthread_t thread;

	sigemptyset(&stop.signals);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct sigaction action;

		if (!sigaction(numbers[i], NULL, &action) && action.sa_handler != SIG_IGN)
			sigaddset(&stop.signals, numbers[i]);
	}
	pthread_sigmask(SIG_BLOCK, &stop.signals, &stop.original);
	/* Where no thread can be made, the signals end the process as ever. */
	stop.active = !pthread_create(&thread, NULL, wait_for_signals, NULL);
	if (stop.active)
		pthread_detach(thread);
	else
		pthread_sigmask(SIG_SETMASK, &stop.original, NULL);
}

/* The lock is held. */
static struct klpcc_error *check(void)
{
	return stop.number ? klpcc_error_new(EINTR, "stopped by a signal (%s)",
					     strsignal(stop.number))
			   : NULL;
}

struct klpcc_error *klpcc_stop_check(void)
{
	struct klpcc_error *err;

	pthread_mutex_lock(&stop.lock);
	err = check();
	pthread_mutex_unlock(&stop.lock);
	return err;
}

void klpcc_stop_end(void)
{
	pthread_mutex_lock(&stop.lock);
	if (stop.number) {
		signal(stop.number, SIG_DFL);
		raise(stop.number);
		pthread_sigmask(SIG_SETMASK, &stop.original, NULL);
	}
	pthread_mutex_unlock(&stop.lock);
}

static int set_attributes(posix_spawnattr_t *attributes)
{
	int code = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP |
								POSIX_SPAWN_SETSIGMASK);

	if (!code)
		code = posix_spawnattr_setpgroup(attributes, 0);
	if (!code)
		code = posix_spawnattr_setsigmask(attributes, &stop.original);
	return code;
}

struct klpcc_error *klpcc_stop_spawn(const char *const *argv, char *const *environment,
				     const posix_spawn_file_actions_t *actions,
				     struct klpcc_stop_program *ret)
{
	posix_spawnattr_t attributes;
	struct klpcc_error *err;
	int code = posix_spawnattr_init(&attributes);

	if (code)
		return klpcc_error_errno(code, "%s", argv[0]);
	if (stop.active)
		code = set_attributes(&attributes);
	pthread_mutex_lock(&stop.lock);
	err = check();
	if (!err && !code)
		code = posix_spawnp(&ret->pid, argv[0], actions, &attributes,
				    (char *const *)argv, environment);
	if (!err && !code) {
		ret->next = stop.programs;
		stop.programs = ret;
	}
	pthread_mutex_unlock(&stop.lock);
	posix_spawnattr_destroy(&attributes);
	if (!err && code)
		err = klpcc_error_errno(code, "%s: cannot be run", argv[0]);
	return err;
}

/* The lock is held. */
static void forget(struct klpcc_stop_program *program)
{
	struct klpcc_stop_program **link = &stop.programs;

	while (*link != program)
		link = &(*link)->next;
	*link = program->next;
}

struct klpcc_error *klpcc_stop_wait(struct klpcc_stop_program *program, int *status)
{
	struct klpcc_error *err = NULL;
	siginfo_t info;

	/* It keeps its number until the lock is held, so that no other process gets a signal. */
	while (waitid(P_PID, (id_t)program->pid, &info, WEXITED | WNOWAIT) < 0)
		if (errno != EINTR)
			break;
	pthread_mutex_lock(&stop.lock);
	/* What it has started, and left, would go on to write. */
	if (stop.number)
		kill(-program->pid, SIGKILL);
	while (waitpid(program->pid, status, 0) < 0)
		if (errno != EINTR) {
			err = klpcc_error_errno(errno, "a program cannot be waited for");
			break;
		}
	forget(program);
	if (!err)
		err = check();
	pthread_mutex_unlock(&stop.lock);
	return err;
}
