// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs other programs: see run.h.
 *
 * Output goes into files without a name, so that a program may print any amount, and nothing
 * waits for anybody.
 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "message.h"
#include "stop.h"

/* Lines of output that are shown of a program that failed. */
#define SHOWN_LINES 20

/* posix_spawn() leaves its results in these. */
struct spawn {
	posix_spawn_file_actions_t actions;
	int output, errors; /* the same for klpcc_run() */
};

static int open_log(void)
{
	return memfd_create("klpcc output", MFD_CLOEXEC);
}

static struct klpcc_error *read_log(int fd, struct klpcc_buffer *ret)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return klpcc_file_read(path, ret);
}

/* How a program ended; NULL if as it should. */
static struct klpcc_error *judge_status(const char *program, int status)
{
	if (WIFSIGNALED(status))
		return klpcc_error_new(EIO, "%s was ended by a signal: %s", program,
				       strsignal(WTERMSIG(status)));
	if (WEXITSTATUS(status))
		return klpcc_error_new(EIO, "%s failed with status %d", program,
				       WEXITSTATUS(status));
	return NULL;
}

/* What the file actions do comes in the order of the calls: the directory last. */
static int add_actions(struct spawn *spawn, const struct klpcc_run *run)
{
	posix_spawn_file_actions_t *actions = &spawn->actions;
	int code = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null",
						    O_RDONLY, 0);

	if (!code)
		code = posix_spawn_file_actions_adddup2(actions, spawn->output,
							STDOUT_FILENO);
	if (!code)
		code = posix_spawn_file_actions_adddup2(actions, spawn->errors,
							STDERR_FILENO);
	if (!code && run->directory)
		code = posix_spawn_file_actions_addchdir_np(actions, run->directory);
	return code;
}

static struct klpcc_error *start_and_wait(struct spawn *spawn,
					  const struct klpcc_run *run)
{
	struct klpcc_stop_program program;
	struct klpcc_error *err;
	int code, status;

	if (run->ended)
		*run->ended = -1;
	code = posix_spawn_file_actions_init(&spawn->actions);
	if (code)
		return klpcc_error_errno(code, "%s", run->argv[0]);
	code = add_actions(spawn, run);
	if (code)
		err = klpcc_error_errno(code, "%s: cannot be run", run->argv[0]);
	else
		err = klpcc_stop_spawn(run->argv,
				       run->environment ? run->environment : environ,
				       &spawn->actions, &program);
	posix_spawn_file_actions_destroy(&spawn->actions);
	if (!err)
		err = klpcc_stop_wait(&program, &status);
	if (run->ended)
		*run->ended = err                 ? -1
			      : WIFEXITED(status) ? WEXITSTATUS(status)
						  : 128 + WTERMSIG(status);
	return err ? err : judge_status(run->argv[0], status);
}

/* Where the last lines begin. */
static size_t find_tail(const struct klpcc_buffer *log)
{
	size_t start = log->size;

	for (int lines = 0; start; start--)
		if (log->data[start - 1] == '\n' && start != log->size &&
		    ++lines == SHOWN_LINES)
			break;
	return start;
}

/*
 * Where the first lines begin. In front of a compiler's error there may be more lines of which file
 * includes which than are shown: then a few of them will do.
 */
static size_t find_head(const struct klpcc_buffer *log)
{
	static const char word[] = ": error: ";
	const unsigned char *error =
		log->size ? memmem(log->data, log->size, word, strlen(word)) : NULL;
	size_t start = error ? (size_t)(error - log->data) : 0;
	int lines = 0;

	for (size_t i = 0; i < start; i++)
		lines += log->data[i] == '\n';
	if (lines < SHOWN_LINES)
		return 0;
	for (lines = 0; start; start--)
		if (log->data[start - 1] == '\n' && ++lines == SHOWN_LINES / 2)
			break;
	return start;
}

/* Removes a text from the log wherever it is. */
static void hide_text(struct klpcc_buffer *log, const char *text)
{
	const size_t length = strlen(text);
	unsigned char *from = log->data, *to = log->data, *end = log->data + log->size;

	for (unsigned char *found;
	     from < end && (found = memmem(from, (size_t)(end - from), text, length));
	     from = found + length) {
		memmove(to, from, (size_t)(found - from));
		to += found - from;
	}
	memmove(to, from, (size_t)(end - from));
	log->size = (size_t)(to - log->data) + (size_t)(end - from);
}

/* Line by line, each safe to print: it may quote anything. */
static void show_lines(const struct klpcc_buffer *log, size_t at, size_t count)
{
	for (; at < log->size && count; count--) {
		const char *line = (const char *)log->data + at;
		const char *end = memchr(line, '\n', log->size - at);
		size_t length = end ? (size_t)(end - line) : log->size - at;

		klpcc_message(KLPCC_MESSAGE_PLAIN, "%.*s", (int)length, line);
		at += length + 1;
	}
}

/* all: it did not fail. */
static void show_log(int fd, const struct klpcc_run *run, bool all)
{
	struct klpcc_buffer log;
	struct klpcc_error *err = read_log(fd, &log);

	if (err) {
		klpcc_error_free(err);
		return;
	}
	if (run->hidden && log.size)
		hide_text(&log, run->hidden);
	show_lines(&log,
		   all               ? 0
		   : run->from_start ? find_head(&log)
				     : find_tail(&log),
		   all ? SIZE_MAX : SHOWN_LINES);
	klpcc_buffer_deinit(&log);
}

/*
 * What a full disk makes of a build is many lines, of which one is the cause. NULL: it was no full
 * disk.
 */
static struct klpcc_error *find_full_disk(const char *program, int fd)
{
	const char *full = strerror(ENOSPC), *found, *start;
	struct klpcc_error *err;
	char path[32], *text;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	err = klpcc_file_read_text(path, &text);
	if (err) {
		klpcc_error_free(err);
		return NULL;
	}
	start = found = strstr(text, full);
	while (start && start > text && start[-1] != '\n')
		start--;
	if (found)
		err = klpcc_error_new(ENOSPC, "%s failed: %.*s", program,
				      (int)strcspn(start, "\n"), start);
	free(text);
	return err;
}

static struct klpcc_error *explain(struct klpcc_error *err, const struct klpcc_run *run,
				   int log)
{
	struct klpcc_error *full;

	/* Whoever stops klpcc knows why its programs end. */
	if (err->code == EINTR)
		return err;
	full = find_full_disk(run->argv[0], log);
	if (full) {
		klpcc_error_free(err);
		return full;
	}
	if (!run->silent)
		show_log(log, run, false);
	return err;
}

struct klpcc_error *klpcc_run(const struct klpcc_run *run)
{
	struct spawn spawn;
	struct klpcc_error *err;
	int log = open_log();

	if (log < 0)
		return klpcc_error_errno(errno, "%s: no place for its output",
					 run->argv[0]);
	spawn.output = spawn.errors = log;
	err = start_and_wait(&spawn, run);
	if (err)
		err = explain(err, run, log);
	else if (run->warns)
		show_log(log, run, true);
	close(log);
	return err;
}

/* "run: no end", printed by .../run, is "no end". */
static const char *skip_name(const char *line, size_t length, const char *program)
{
	const char *name = klpcc_base_name(program);
	size_t own = strlen(name);

	return length > own + 2 && !strncmp(line, name, own) &&
			       !strncmp(line + own, ": ", 2)
		       ? line + own + 2
		       : line;
}

/* The first line that a program printed on standard error, added to how it ended. */
static struct klpcc_error *add_reason(struct klpcc_error *err,
				      const struct klpcc_run *run, int fd)
{
	struct klpcc_buffer log;
	struct klpcc_error *unread = read_log(fd, &log), *result;
	const char *line, *end;
	size_t length;

	if (unread || !log.size) {
		klpcc_error_free(unread);
		return err;
	}
	line = (const char *)log.data;
	end = memchr(line, '\n', log.size);
	length = end ? (size_t)(end - line) : log.size;
	if (run->speaks) {
		const char *reason = skip_name(line, length, run->argv[0]);

		result = klpcc_error_new(err->code, "%.*s",
					 (int)(length - (size_t)(reason - line)), reason);
	} else {
		result = klpcc_error_new(err->code, "%s: %.*s", err->message, (int)length,
					 line);
	}
	klpcc_error_free(err);
	klpcc_buffer_deinit(&log);
	return result;
}

/* Standard output and standard error apart. */
static struct klpcc_error *open_logs(struct spawn *spawn, const char *program)
{
	*spawn = (struct spawn){ .output = open_log(), .errors = open_log() };
	return spawn->output < 0 || spawn->errors < 0
		       ? klpcc_error_errno(errno, "%s: no place for its output", program)
		       : NULL;
}

static void close_logs(const struct spawn *spawn)
{
	if (spawn->output >= 0)
		close(spawn->output);
	if (spawn->errors >= 0)
		close(spawn->errors);
}

struct klpcc_error *klpcc_run_read(const struct klpcc_run *run, struct klpcc_buffer *ret)
{
	struct spawn spawn;
	struct klpcc_error *err = open_logs(&spawn, run->argv[0]);

	if (!err) {
		err = start_and_wait(&spawn, run);
		if (err && err->code != EINTR)
			err = add_reason(err, run, spawn.errors);
		else if (!err)
			err = read_log(spawn.output, ret);
	}
	close_logs(&spawn);
	return err;
}

struct klpcc_error *klpcc_run_logs(const struct klpcc_run *run,
				   struct klpcc_buffer *output,
				   struct klpcc_buffer *errors)
{
	struct klpcc_error *err, *unread;
	struct spawn spawn;

	*output = *errors = (struct klpcc_buffer){ .size = 0 };
	err = open_logs(&spawn, run->argv[0]);
	if (!err) {
		err = start_and_wait(&spawn, run);
		unread = read_log(spawn.output, output);
		if (!unread)
			unread = read_log(spawn.errors, errors);
		if (err)
			klpcc_error_free(unread);
		else
			err = unread;
	}
	close_logs(&spawn);
	return err;
}
