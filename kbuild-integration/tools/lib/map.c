// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A file that is mapped to be read: see map.h.
 */
#include "map.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define CHANGED "changed while it was read"

/* For the handler: what is mapped, who handled SIGBUS before, and how the process ends. */
struct klpcc_map_guard {
	const char *start, *end, *line;
	struct klpcc_map_guard *next;
};

static struct klpcc_map_guard *guards;
static struct sigaction previous;
static bool installed;
static int exit_status = EXIT_FAILURE;

void klpcc_map_set_status(int status)
{
	exit_status = status;
}

/* Only what POSIX allows in a handler. The process has no output yet that could stay behind. */
static void on_sigbus(int signal, siginfo_t *info, void *context)
{
	const char *address = info->si_addr;

	(void)context;
	for (const struct klpcc_map_guard *guard = guards; guard; guard = guard->next) {
		if (address < guard->start || address >= guard->end)
			continue;
		if (write(STDERR_FILENO, guard->line, strlen(guard->line)) < 0)
			_exit(exit_status);
		_exit(exit_status);
	}
	/* Not ours: the access is repeated, under the one who handled it before. */
	sigaction(signal, &previous, NULL);
}

static struct klpcc_error *guard_map(const char *path, struct klpcc_map *map)
{
	struct sigaction action = { .sa_sigaction = on_sigbus, .sa_flags = SA_SIGINFO };

	map->guard = malloc(sizeof(*map->guard));
	if (!map->guard || asprintf(&map->line, "%s: error: %s: " CHANGED "\n",
				    program_invocation_short_name, path) < 0) {
		free(map->guard);
		map->guard = NULL;
		map->line = NULL;
		return klpcc_error_nomem();
	}
	*map->guard = (struct klpcc_map_guard){
		.start = map->data,
		.end = (const char *)map->data + map->size,
		.line = map->line,
		.next = guards,
	};
	guards = map->guard;
	sigemptyset(&action.sa_mask);
	if (!installed && sigaction(SIGBUS, &action, &previous) < 0)
		return klpcc_error_errno(errno, "cannot handle SIGBUS");
	installed = true;
	return NULL;
}

struct klpcc_error *klpcc_map_open(int fd, const char *path, struct klpcc_map *ret)
{
	struct klpcc_map map = { .fd = -1 };
	struct klpcc_error *err;
	void *data;

	if (fstat(fd, &map.status) < 0)
		return klpcc_error_errno(errno, "cannot stat");
	map.size = (size_t)map.status.st_size;
	data = mmap(NULL, map.size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (data == MAP_FAILED)
		return klpcc_error_errno(errno, "cannot map");
	map.data = data;
	err = guard_map(path, &map);
	if (err) {
		klpcc_map_close(&map);
		return err;
	}
	map.fd = fd;
	*ret = map;
	return NULL;
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* The time of the contents, not of the inode: a rename over the file is no change. */
struct klpcc_error *klpcc_map_check(const struct klpcc_map *map)
{
	struct stat now;

	if (fstat(map->fd, &now) < 0)
		return klpcc_error_errno(errno, "cannot stat");
	if (now.st_size != map->status.st_size ||
	    !same_time(now.st_mtim, map->status.st_mtim))
		return klpcc_error_new(EBUSY, CHANGED);
	return NULL;
}

void klpcc_map_close(struct klpcc_map *map)
{
	if (!map->data)
		return;
	for (struct klpcc_map_guard **link = &guards; *link; link = &(*link)->next)
		if (*link == map->guard) {
			*link = map->guard->next;
			break;
		}
	free(map->guard);
	munmap((void *)map->data, map->size);
	if (map->fd >= 0)
		close(map->fd);
	free(map->line);
	map->data = NULL;
}
