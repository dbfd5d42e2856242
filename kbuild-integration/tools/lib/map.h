/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file that is mapped to be read, and what happens when somebody changes it meanwhile.
 *
 * For the target index alone: the plugin looks at a few of its pages, once for every unit,
 * and reading all of it would cost more than the rest of the plugin. klpcc replaces an index
 * by rename, which a mapping survives; `cp` over it does not. A file that shrinks ends the
 * process with SIGBUS where it is read: a handler makes that one clear line and an exit status.
 * Any other change shows when klpcc_map_check() compares the file's times and size.
 */
#ifndef KLPCC_MAP_H
#define KLPCC_MAP_H

#include <stddef.h>
#include <sys/stat.h>

#include "error.h"

struct klpcc_map {
	const void *data; /* NULL when nothing is mapped */
	size_t size;
	int fd;
	struct stat status; /* when it was mapped */
	char *line;         /* what the handler writes */
	struct klpcc_map_guard *guard;
};

/* How the handler ends the process: 1 unless this says otherwise. */
void klpcc_map_set_status(int status);

/*
 * Maps the regular file fd, which is not empty; path: its name for the message. Takes fd over
 * on success. Maps are opened and closed by one thread. The errors name no file.
 */
struct klpcc_error *klpcc_map_open(int fd, const char *path,
				   struct klpcc_map *ret) KLPCC_MUST_CHECK;
/* Fails when the file is not as it was when it was mapped. */
struct klpcc_error *klpcc_map_check(const struct klpcc_map *map) KLPCC_MUST_CHECK;
void klpcc_map_close(struct klpcc_map *map);

#endif
