// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Locks: see lock.h.
 */
#include "lock.h"

#include <errno.h>
#include <sys/file.h>
#include <time.h>

#include "stop.h"

struct klpcc_error *klpcc_lock_try(int fd, const char *path, bool *ret)
{
	int result;

	do
		result = flock(fd, LOCK_EX | LOCK_NB);
	while (result < 0 && errno == EINTR);
	*ret = result == 0;
	return *ret || errno == EWOULDBLOCK
		       ? NULL
		       : klpcc_error_errno(errno, "%s: cannot lock", path);
}

/* By looking again: where signals are handled by a thread, none would end a call of flock(). */
struct klpcc_error *klpcc_lock_wait(int fd, const char *path)
{
	const struct timespec pause = { .tv_nsec = 20 * 1000 * 1000 };
	struct klpcc_error *err;
	bool taken;

	for (;;) {
		err = klpcc_lock_try(fd, path, &taken);
		if (err || taken)
			return err;
		err = klpcc_stop_check();
		if (err)
			return err;
		nanosleep(&pause, NULL);
	}
}
