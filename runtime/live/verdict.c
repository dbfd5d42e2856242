// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Has `klpcc verify` judge a module before it is loaded: see verdict.h.
 *
 * klpcc.mk and `klpcc patch` keep the indexes of kernels in the user's cache, as
 * RELEASE-NUMBER.klpidx. There may be several of one release; `verify --running` refuses those of
 * other builds.
 */
#include "verdict.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lib/message.h>
#include <lib/run.h>

#include "system.h"

/* The tool beside this program; NULL: there is none, or this is installed under that name. */
static char *find_tool(void)
{
	char *self = realpath("/proc/self/exe", NULL), *path = NULL, *tool = NULL;

	if (self &&
	    asprintf(&path, "%.*s/klpcc", (int)(strrchr(self, '/') - self), self) < 0)
		path = NULL;
	if (path)
		tool = realpath(path, NULL);
	if (tool && (!strcmp(tool, self) || access(tool, X_OK) < 0)) {
		free(tool);
		tool = NULL;
	}
	free(path);
	free(self);
	return tool;
}

/* The lines of what it printed. */
static void print_lines(const struct klpcc_buffer *output)
{
	const char *line = (const char *)output->data;
	const char *end = line + output->size;

	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		size_t length = newline ? (size_t)(newline - line) : (size_t)(end - line);

		klpcc_message(KLPCC_MESSAGE_PLAIN, "%.*s", (int)length, line);
		line += length + 1;
	}
}

static struct klpcc_error *run_verify(const char *tool, const char *index,
				      const char *path, bool named, bool *verified)
{
	const char *const argv[] = { tool,      "verify", "--quiet", "--running",
				     "--index", index,    path,      NULL };
	struct klpcc_buffer output, errors;
	struct klpcc_error *err;
	int ended;
	const struct klpcc_run run = { .argv = argv, .ended = &ended };

	err = klpcc_run_logs(&run, &output, &errors);
	*verified = !err || ended == 1;
	if (err && ended == 1) {
		print_lines(&output);
		klpcc_error_free(err);
		err = klpcc_error_new(
			EINVAL,
			"%s: the kernel would refuse it, by its index %s; build it for this kernel",
			path, index);
	} else if (err && named) {
		print_lines(&errors);
		klpcc_error_free(err);
		err = klpcc_error_new(EINVAL, "%s: not verified with %s", path, index);
	} else if (err && err->code != EINTR) {
		klpcc_error_free(err);
		err = NULL;
	}
	klpcc_buffer_deinit(&output);
	klpcc_buffer_deinit(&errors);
	return err;
}

/* Whether a file of the cache may be the index of the running kernel. */
static bool is_index(const char *name)
{
	static const char suffix[] = ".klpidx";
	const char *release = klpcc_system_release();
	size_t length = strlen(name);

	return !strncmp(name, release, strlen(release)) && name[strlen(release)] == '-' &&
	       length > strlen(suffix) && !strcmp(name + length - strlen(suffix), suffix);
}

static struct klpcc_error *try_cache(const char *tool, const char *directory,
				     const char *path, bool *verified)
{
	struct klpcc_words names;
	struct klpcc_error *err = klpcc_system_list(&names, "%s", directory);

	for (size_t i = 0; !err && !*verified && i < names.count; i++) {
		char *index;

		if (!is_index(names.words[i]))
			continue;
		if (asprintf(&index, "%s/%s", directory, names.words[i]) < 0) {
			err = klpcc_error_nomem();
			break;
		}
		err = run_verify(tool, index, path, false, verified);
		free(index);
	}
	klpcc_words_deinit(&names);
	return err;
}

static char *find_cache(void)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char *path = NULL;

	if (cache && *cache ? asprintf(&path, "%s/klpcc/index", cache) < 0
			    : !home || asprintf(&path, "%s/.cache/klpcc/index", home) < 0)
		return NULL;
	return path;
}

struct klpcc_error *klpcc_verdict_ask(const char *path, const char *index, bool *verified)
{
	char *tool = find_tool(), *cache = find_cache();
	struct klpcc_error *err = NULL;

	*verified = false;
	if (index && !tool)
		err = klpcc_error_new(ENOENT,
				      "--index: `klpcc verify` is not installed here");
	else if (index)
		err = run_verify(tool, index, path, true, verified);
	else if (tool && cache)
		err = try_cache(tool, cache, path, verified);
	free(cache);
	free(tool);
	return err;
}
