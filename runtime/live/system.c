// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files in /proc and /sys: see system.h.
 */
#include "system.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

/* No file that is read here has a longer line that counts. */
#define LINE_SIZE 4096

/* Opens a file whose path is made as by printf(). Returns -1 with errno. */
static int open_path(int flags, const char *format, va_list args)
{
	char *path;
	int fd;

	if (vasprintf(&path, format, args) < 0)
		return -1;
	fd = open(path, flags | O_CLOEXEC);
	free(path);
	return fd;
}

static char *read_line(const char *format, va_list args)
{
	int fd = open_path(O_RDONLY, format, args);
	char line[LINE_SIZE];
	ssize_t size;

	if (fd < 0)
		return NULL;
	size = read(fd, line, sizeof(line) - 1);
	close(fd);
	if (size < 0)
		return NULL;
	line[size] = '\0';
	line[strcspn(line, "\n")] = '\0';
	return strdup(line);
}

char *klpcc_system_line(const char *format, ...)
{
	va_list args;
	char *line;

	va_start(args, format);
	line = read_line(format, args);
	va_end(args);
	return line;
}

long klpcc_system_number(long otherwise, const char *format, ...)
{
	va_list args;
	char *line, *end;
	long number;

	va_start(args, format);
	line = read_line(format, args);
	va_end(args);
	if (!line)
		return otherwise;
	number = strtol(line, &end, 10);
	if (end == line)
		number = otherwise;
	free(line);
	return number;
}

bool klpcc_system_has(const char *format, ...)
{
	va_list args;
	int fd;

	va_start(args, format);
	fd = open_path(O_PATH, format, args);
	va_end(args);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

int klpcc_system_write(const char *text, const char *format, ...)
{
	va_list args;
	int fd, code = 0;

	va_start(args, format);
	fd = open_path(O_WRONLY, format, args);
	va_end(args);
	if (fd < 0)
		return errno;
	if (write(fd, text, strlen(text)) < 0)
		code = errno;
	close(fd);
	return code;
}

struct klpcc_error *klpcc_system_list(struct klpcc_words *ret, const char *format, ...)
{
	struct klpcc_error *err = NULL;
	struct dirent *entry;
	DIR *directory;
	va_list args;
	int fd;

	*ret = (struct klpcc_words){ .words = NULL };
	va_start(args, format);
	fd = open_path(O_RDONLY | O_DIRECTORY, format, args);
	va_end(args);
	if (fd < 0)
		return NULL;
	directory = fdopendir(fd);
	if (!directory) {
		close(fd);
		return klpcc_error_nomem();
	}
	while (!err && (entry = readdir(directory)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			err = klpcc_words_add(ret, entry->d_name);
	closedir(directory);
	klpcc_words_sort(ret, 0);
	return err;
}

const char *klpcc_system_release(void)
{
	static struct utsname name;

	/* Fails for a bad address only. */
	uname(&name);
	return name.release;
}

void klpcc_system_sleep(unsigned int milliseconds)
{
	/* A signal ends it early, and who waits then looks why. */
	usleep(milliseconds * 1000);
}

double klpcc_system_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
