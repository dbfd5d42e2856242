// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Wall time of several commands, side by side: runs each of them in turn, ROUNDS times, so
 * that whatever else the machine does meets all of them alike, and prints for each one line
 *
 *	<median wall time> <least wall time> <median processor time> <peak memory>
 *
 * in microseconds and KiB. For testsuite/bench/bench.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define COMMANDS_MAX 8

extern char **environ;

struct command {
	char **argv;
	long *wall, *cpu; /* by round */
	long memory;      /* the most of all rounds */
};

static void fail(const char *what, int code)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(code));
	exit(1);
}

static long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static long microseconds(const struct timeval *time)
{
	return time->tv_sec * 1000000 + time->tv_usec;
}

static void run(struct command *command, int round)
{
	posix_spawn_file_actions_t actions;
	struct rusage usage;
	int code, status;
	pid_t pid;
	long start;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	start = now();
	code = posix_spawnp(&pid, command->argv[0], &actions, NULL, command->argv,
			    environ);
	if (code)
		fail(command->argv[0], code);
	if (wait4(pid, &status, 0, &usage) < 0)
		fail("wait4", errno);
	command->wall[round] = now() - start;
	command->cpu[round] =
		microseconds(&usage.ru_utime) + microseconds(&usage.ru_stime);
	if (usage.ru_maxrss > command->memory)
		command->memory = usage.ru_maxrss;
	if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		fprintf(stderr, "measure: %s failed\n", command->argv[0]);
		exit(1);
	}
	posix_spawn_file_actions_destroy(&actions);
}

static int by_value(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return (x > y) - (x < y);
}

static void print(const struct command *command, int rounds)
{
	size_t count = (size_t)rounds;

	qsort(command->wall, count, sizeof(*command->wall), by_value);
	qsort(command->cpu, count, sizeof(*command->cpu), by_value);
	printf("%ld %ld %ld %ld\n", command->wall[rounds / 2], command->wall[0],
	       command->cpu[rounds / 2], command->memory);
}

int main(int argc, char **argv)
{
	struct command commands[COMMANDS_MAX] = { { NULL, NULL, NULL, 0 } };
	int rounds = argc > 1 ? atoi(argv[1]) : 0, count = 0;

	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--"))
			continue;
		argv[i] = NULL;
		if (i + 1 < argc && count < COMMANDS_MAX)
			commands[count++].argv = &argv[i + 1];
	}
	if (rounds < 1 || !count) {
		fprintf(stderr,
			"Usage: measure ROUNDS -- COMMAND... [-- COMMAND...]...\n");
		return 2;
	}
	for (int i = 0; i < count; i++) {
		commands[i].wall = calloc((size_t)rounds, sizeof(long));
		commands[i].cpu = calloc((size_t)rounds, sizeof(long));
		if (!commands[i].wall || !commands[i].cpu)
			fail("calloc", ENOMEM);
	}
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < count; i++)
			run(&commands[i], round);
	for (int i = 0; i < count; i++) {
		print(&commands[i], rounds);
		free(commands[i].wall);
		free(commands[i].cpu);
	}
	return 0;
}
