// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel's log: see kernel-log.h.
 *
 * A read of /dev/kmsg returns one record (Documentation/ABI/testing/dev-kmsg):
 *
 *	LEVEL,NUMBER,TIME,FLAGS;TEXT
 *	 KEY=VALUE
 *
 * LEVEL is that of syslog(3), with the facility.
 */
#include "kernel-log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

/* A record and its keys: CONSOLE_EXT_LOG_MAX, now PRINTK_MESSAGE_MAX, is 8 KiB at most. */
#define RECORD_SIZE 8192

void klpcc_kernel_log_begin(struct klpcc_kernel_log *log)
{
	log->fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (log->fd >= 0)
		lseek(log->fd, 0, SEEK_END);
}

struct klpcc_error *klpcc_kernel_log_read(const struct klpcc_kernel_log *log,
					  struct klpcc_words *ret)
{
	struct klpcc_error *err = NULL;
	char record[RECORD_SIZE];
	ssize_t size;
	char *text;

	*ret = (struct klpcc_words){ .words = NULL };
	while (!err && log->fd >= 0) {
		size = read(log->fd, record, sizeof(record) - 1);
		/* EPIPE: records are gone that nobody has read; the next read goes on. */
		if (size < 0 && (errno == EPIPE || errno == EINTR))
			continue;
		if (size <= 0)
			break;
		record[size] = '\0';
		text = strchr(record, ';');
		/* What is said when all is well is no reason. */
		if (!text || LOG_PRI(atoi(record)) >= LOG_INFO)
			continue;
		text[strcspn(text, "\n")] = '\0';
		err = klpcc_words_add(ret, text + 1);
	}
	if (err)
		klpcc_words_deinit(ret);
	return err;
}

void klpcc_kernel_log_end(struct klpcc_kernel_log *log)
{
	if (log->fd >= 0)
		close(log->fd);
	log->fd = -1;
}
