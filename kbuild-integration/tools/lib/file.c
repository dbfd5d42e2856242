// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whole-file input and all-or-nothing output: see file.h.
 *
 * An output is written as a file without a name (O_TMPFILE), which gets a temporary name
 * when it is whole and its final one a moment later. So a process that is killed leaves
 * nothing behind, except in that moment. A plain temporary file, the second choice, would
 * stay.
 *
 * Nothing is fsync()ed. rename() orders what other processes see, and that is what is
 * promised. After a crash of the machine itself the file may be empty or cut off, as any
 * object that a compiler or linker wrote in the last seconds; the kernel refuses to load
 * such a module, index.c such an index, and klpcc-build, which knows an index by its size
 * and date, makes it again. An fsync() would cost more than a whole link does.
 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

const char *klpcc_base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/*
 * Gives back the room that was not needed: a file in memory takes its own size, and a
 * sanitizer sees what is read past its end.
 */
static struct klpcc_error *trim_buffer(struct klpcc_buffer *buffer)
{
	unsigned char *data;

	if (!buffer->size) {
		klpcc_buffer_deinit(buffer);
		return NULL;
	}
	data = realloc(buffer->data, buffer->size);
	if (!data)
		return klpcc_error_nomem();
	buffer->data = data;
	return NULL;
}

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
			return trim_buffer(buffer);
		buffer->size += (size_t)n;
	}
}

/* What was read may be half of one file and half of another. */
static struct klpcc_error *check_unchanged(int fd, const struct stat *before)
{
	struct stat now;

	if (fstat(fd, &now) < 0)
		return klpcc_error_errno(errno, "cannot stat");
	if (S_ISREG(now.st_mode) && (now.st_size != before->st_size ||
				     now.st_mtim.tv_sec != before->st_mtim.tv_sec ||
				     now.st_mtim.tv_nsec != before->st_mtim.tv_nsec))
		return klpcc_error_new(EBUSY, "changed while it was read");
	return NULL;
}

/*
 * Only files are read, and what a shell makes of <(command): a pipe without a name has
 * its writer, or had it, while one with a name may wait for ever.
 */
static struct klpcc_error *check_kind(int fd, struct stat *st)
{
	struct statfs system;

	if (fstat(fd, st) < 0 || fstatfs(fd, &system) < 0)
		return klpcc_error_errno(errno, "cannot stat");
	if (S_ISDIR(st->st_mode))
		return klpcc_error_new(EISDIR, "is a directory");
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
		return klpcc_error_new(EINVAL, "is a device");
	if (!S_ISFIFO(st->st_mode))
		return NULL;
	if (system.f_type != PIPEFS_MAGIC)
		return klpcc_error_new(EINVAL, "is a named pipe");
	if (fcntl(fd, F_SETFL, 0) < 0)
		return klpcc_error_errno(errno, "cannot read");
	return NULL;
}

struct klpcc_error *klpcc_file_read(const char *path, struct klpcc_buffer *ret)
{
	struct klpcc_buffer buffer = { NULL, 0 };
	struct klpcc_error *err;
	struct stat st;
	int fd;

	/* O_NONBLOCK: a named pipe is refused below, not waited for. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return klpcc_error_errno(errno, "%s: cannot open", path);
	err = check_kind(fd, &st);
	if (!err)
		err = read_all(fd, S_ISREG(st.st_mode) ? (size_t)st.st_size : 65536,
			       &buffer);
	if (!err)
		err = check_unchanged(fd, &st);
	close(fd);
	if (err) {
		klpcc_buffer_deinit(&buffer);
		return klpcc_error_prefix(err, "%s", path);
	}
	*ret = buffer;
	return NULL;
}

struct klpcc_error *klpcc_file_read_text(const char *path, char **ret)
{
	struct klpcc_buffer contents;
	struct klpcc_error *err = klpcc_file_read(path, &contents);

	if (err)
		return err;
	*ret = strndup(contents.size ? (const char *)contents.data : "", contents.size);
	klpcc_buffer_deinit(&contents);
	return *ret ? NULL : klpcc_error_nomem();
}

void klpcc_buffer_deinit(struct klpcc_buffer *buffer)
{
	free(buffer->data);
	buffer->data = NULL;
	buffer->size = 0;
}

/* The permission bits that a new file gets from the process. */
static mode_t apply_umask(mode_t mode)
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
	free(output->name);
	free(output->path);
	free(output->temporary);
	output->name = NULL;
	output->path = NULL;
	output->temporary = NULL;
}

/* Of what is neither a file nor a directory. */
static const char *kind_of(mode_t mode)
{
	return S_ISFIFO(mode) ? "pipe" : S_ISSOCK(mode) ? "socket" : "device";
}

/*
 * The file that output->path leads to, and the permissions that it is to have. Never
 * setuid and its like: the new file may be of another owner, and write(2) would clear
 * them, too.
 */
static struct klpcc_error *find_place(const char *path, struct klpcc_output *output,
				      mode_t *mode)
{
	struct stat st;

	output->name = strdup(path);
	/* Before realpath(), which finds no way to /dev/stdout that is a pipe. */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		return klpcc_error_new(EINVAL, "%s: is a %s, not a regular file", path,
				       kind_of(st.st_mode));
	/* The target of a link: the link itself is not replaced. */
	output->path = realpath(path, NULL);
	if (!output->path && lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
		return klpcc_error_errno(errno, "%s: a symbolic link that leads nowhere",
					 path);
	if (!output->path)
		output->path = strdup(path);
	if (!output->path || !output->name)
		return klpcc_error_nomem();
	if (stat(output->path, &st) < 0) {
		*mode = apply_umask(*mode);
		return NULL;
	}
	if (S_ISDIR(st.st_mode))
		return klpcc_error_new(EISDIR, "%s: is a directory", path);
	*mode = st.st_mode & 0777;
	return NULL;
}

/*
 * A file without a name, in the directory of path: it is gone with the process, however that
 * ends. -1 where the file system has none (NFS, FAT), or where /proc is not mounted, through
 * which it gets its name. Other reasons show again when a named file is tried.
 */
static int open_unnamed(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *directory;
	int fd;

	if (access("/proc/self/fd", X_OK) < 0)
		return -1;
	directory = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	if (!directory)
		return -1;
	fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	free(directory);
	return fd;
}

/* A temporary name for the file that has none. */
static struct klpcc_error *name_unnamed(struct klpcc_output *output)
{
	char self[32];
	int result;

	snprintf(self, sizeof(self), "/proc/self/fd/%d", output->fd);
	/* Another machine that shares the directory may have a process of that number. */
	for (unsigned int i = 0;; i++) {
		free(output->temporary);
		if (asprintf(&output->temporary, "%s.%d-%u", output->path, (int)getpid(),
			     i) < 0) {
			output->temporary = NULL;
			return klpcc_error_nomem();
		}
		result = linkat(AT_FDCWD, self, AT_FDCWD, output->temporary,
				AT_SYMLINK_FOLLOW);
		if (result == 0)
			return NULL;
		if (errno != EEXIST || i == 1000)
			break;
	}
	result = errno;
	free(output->temporary);
	output->temporary = NULL;
	return klpcc_error_errno(result, "%s: cannot create a file next to it",
				 output->name);
}

static struct klpcc_error *open_temporary(struct klpcc_output *output)
{
	output->fd = open_unnamed(output->path);
	if (output->fd >= 0)
		return NULL;
	if (asprintf(&output->temporary, "%s.XXXXXX", output->path) < 0) {
		output->temporary = NULL;
		return klpcc_error_nomem();
	}
	output->fd = mkostemp(output->temporary, O_CLOEXEC);
	if (output->fd >= 0)
		return NULL;
	return klpcc_error_errno(errno, "cannot create a file next to it");
}

struct klpcc_error *klpcc_output_begin(const char *path, mode_t mode,
				       struct klpcc_output *ret)
{
	struct klpcc_output output = { .fd = -1 };
	struct klpcc_error *err;

	err = find_place(path, &output, &mode);
	if (!err) {
		err = open_temporary(&output);
		if (!err && fchmod(output.fd, mode) < 0)
			err = klpcc_error_errno(errno, "cannot set its permissions");
		if (err)
			err = klpcc_error_prefix(err, "%s", path);
	}
	if (err) {
		/* No file was made where there is no descriptor. */
		if (output.fd >= 0)
			klpcc_output_discard(&output);
		output_deinit(&output);
		return err;
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
			return klpcc_error_errno(errno, "%s: cannot write", output->name);
		p += n;
		size -= (size_t)n;
	}
	return NULL;
}

struct klpcc_error *klpcc_output_rewrite(struct klpcc_output *output, const void *data,
					 size_t size)
{
	if (lseek(output->fd, 0, SEEK_SET) < 0)
		return klpcc_error_errno(errno, "%s: cannot write", output->name);
	return klpcc_output_write(output, data, size);
}

/*
 * close() is where a full disk may first be reported, and does so for each descriptor. Asked
 * before the file has a name, so that as little as can be lies between its two names.
 */
static struct klpcc_error *flush_output(const struct klpcc_output *output)
{
	int copy = dup(output->fd);

	if (copy >= 0 && close(copy) == 0)
		return NULL;
	return klpcc_error_errno(errno, "%s: cannot write", output->name);
}

struct klpcc_error *klpcc_output_commit(struct klpcc_output *output)
{
	struct klpcc_error *err = flush_output(output);

	if (!err && !output->temporary)
		err = name_unnamed(output);
	if (!err && rename(output->temporary, output->path) < 0)
		err = klpcc_error_errno(errno, "%s: cannot replace", output->name);
	if (err)
		klpcc_output_discard(output);
	else
		output_deinit(output);
	return err;
}

void klpcc_output_discard(struct klpcc_output *output)
{
	if (output->temporary)
		unlink(output->temporary);
	output_deinit(output);
}

struct klpcc_error *klpcc_file_write_text(const char *path, const char *text)
{
	struct klpcc_output output;
	struct klpcc_error *err = klpcc_output_begin(path, 0666, &output);

	if (err)
		return err;
	err = klpcc_output_write(&output, text, strlen(text));
	if (!err)
		return klpcc_output_commit(&output);
	klpcc_output_discard(&output);
	return err;
}
