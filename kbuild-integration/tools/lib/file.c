// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whole-file input and all-or-nothing output: see file.h.
 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct klpcc_error *read_all(int fd, size_t hint, struct klpcc_buffer *buffer)
{
	size_t capacity = hint + 1; /* one more, so that end of file needs no growth */

	for (;;) {
		ssize_t n;

		if (!buffer->data || buffer->size == capacity) {
			size_t wanted = buffer->data ? capacity * 2 : capacity;
			unsigned char *data = realloc(buffer->data, wanted);

			if (!data)
				return klpcc_error_nomem();
			buffer->data = data;
			capacity = wanted;
		}
		n = read(fd, buffer->data + buffer->size, capacity - buffer->size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return klpcc_error_errno(errno, "cannot read");
		if (n == 0)
			return NULL;
		buffer->size += (size_t)n;
	}
}

struct klpcc_error *klpcc_file_read(const char *path, struct klpcc_buffer *ret)
{
	struct klpcc_buffer buffer = { NULL, 0 };
	struct klpcc_error *err;
	struct stat st;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return klpcc_error_errno(errno, "%s: cannot open", path);
	if (fstat(fd, &st) < 0)
		err = klpcc_error_errno(errno, "cannot stat");
	else if (S_ISDIR(st.st_mode))
		err = klpcc_error_new(EISDIR, "is a directory");
	else if (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode))
		err = klpcc_error_new(EINVAL, "is a device");
	else
		err = read_all(fd, S_ISREG(st.st_mode) ? (size_t)st.st_size : 65536,
			       &buffer);
	close(fd);
	if (err) {
		klpcc_buffer_deinit(&buffer);
		return klpcc_error_prefix(err, "%s", path);
	}
	*ret = buffer;
	return NULL;
}

void klpcc_buffer_deinit(struct klpcc_buffer *buffer)
{
	free(buffer->data);
	buffer->data = NULL;
	buffer->size = 0;
}

/* The permission bits that a new file gets from the process. */
static mode_t masked(mode_t mode)
{
	mode_t mask = umask(0);

	umask(mask);
	return mode & ~mask;
}

static void output_deinit(struct klpcc_output *output)
{
	if (output->fd >= 0)
		close(output->fd);
	output->fd = -1;
	free(output->path);
	free(output->temporary);
	output->path = NULL;
	output->temporary = NULL;
}

struct klpcc_error *klpcc_output_begin(const char *path, mode_t mode,
				       struct klpcc_output *ret)
{
	struct klpcc_output output = { NULL, NULL, -1 };
	struct stat st;

	/* The target of a link, where it exists: the link itself is not replaced. */
	output.path = realpath(path, NULL);
	if (!output.path)
		output.path = strdup(path);
	if (!output.path || asprintf(&output.temporary, "%s.XXXXXX", output.path) < 0) {
		output.temporary = NULL;
		output_deinit(&output);
		return klpcc_error_nomem();
	}
	if (stat(output.path, &st) == 0) {
		if (!S_ISREG(st.st_mode)) {
			output_deinit(&output);
			return klpcc_error_new(EINVAL, "%s: not a regular file", path);
		}
		mode = st.st_mode & 07777;
	} else {
		mode = masked(mode);
	}
	output.fd = mkostemp(output.temporary, O_CLOEXEC);
	if (output.fd < 0) {
		int code = errno;

		output_deinit(&output);
		return klpcc_error_errno(code, "%s: cannot create a file beside it",
					 path);
	}
	if (fchmod(output.fd, mode) < 0) {
		int code = errno;

		klpcc_output_discard(&output);
		return klpcc_error_errno(code, "%s: cannot set its permissions", path);
	}
	*ret = output;
	return NULL;
}

struct klpcc_error *klpcc_output_write(struct klpcc_output *output, const void *data,
				       size_t size)
{
	const unsigned char *p = data;

	while (size) {
		ssize_t n = write(output->fd, p, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return klpcc_error_errno(errno, "%s: cannot write", output->path);
		p += n;
		size -= (size_t)n;
	}
	return NULL;
}

struct klpcc_error *klpcc_output_commit(struct klpcc_output *output)
{
	struct klpcc_error *err = NULL;
	int fd = output->fd;

	output->fd = -1;
	/* close() is where a full disk may first be reported. */
	if (close(fd) < 0)
		err = klpcc_error_errno(errno, "%s: cannot write", output->path);
	else if (rename(output->temporary, output->path) < 0)
		err = klpcc_error_errno(errno, "%s: cannot replace", output->path);
	if (err)
		unlink(output->temporary);
	output_deinit(output);
	return err;
}

void klpcc_output_discard(struct klpcc_output *output)
{
	if (output->temporary)
		unlink(output->temporary);
	output_deinit(output);
}
