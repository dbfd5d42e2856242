// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The list of files, kept: see list-record.h.
 *
 * The record is what the list was made of, as stamp.h describes files, an empty line, and the list.
 */
#include "list-record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../lib/hash.h"
#include "layout.h"
#include "stamp.h"

#define RECORD ".klpcc-list"

/* line: "/source/fs/Makefile", or "include/config/auto.conf" of the build. */
static char *find_file(const struct klpcc_tree *tree, const char *line, size_t length)
{
	char *path;

	if (*line == '/')
		return strndup(line, length);
	return asprintf(&path, "%s/%.*s", tree->build, (int)length, line) < 0 ? NULL
									      : path;
}

/* The next "+PATH" of a list, without the sign; NULL: there are no more. */
static const char *next_file(const char *at, const char *end, size_t *length)
{
	for (const char *newline; at < end; at = newline + 1) {
		newline = memchr(at, '\n', (size_t)(end - at));
		if (!newline)
			return NULL;
		*length = (size_t)(newline - at - 1);
		if (*at == '+')
			return at + 1;
	}
	return NULL;
}

static struct klpcc_error *describe(const struct klpcc_tree *tree, const char *makefile,
				    const char *list, size_t size, char **ret)
{
	const char *end = list + size;
	size_t length, total;
	FILE *text = open_memstream(ret, &total);
	char key[16];

	if (!text)
		return klpcc_error_nomem();
	snprintf(key, sizeof(key), "%08x", klpcc_hash(makefile));
	klpcc_stamp_text(text, "makefile", key);
	klpcc_stamp_text(text, "source", tree->source);
	for (const char *line = list; (line = next_file(line, end, &length));
	     line += length + 1) {
		char *path = find_file(tree, line, length);

		if (path)
			klpcc_stamp_file(text, "", path + 1);
		free(path);
	}
	fputc('\n', text);
	return fclose(text) ? klpcc_error_nomem() : NULL;
}

/* Leaves the list of a record that still counts; nothing of any other. */
static struct klpcc_error *cut_list(const struct klpcc_tree *tree, const char *makefile,
				    struct klpcc_buffer *record)
{
	const unsigned char *gap = memmem(record->data, record->size, "\n\n", 2);
	const size_t head = gap ? (size_t)(gap - record->data) + 2 : record->size;
	struct klpcc_error *err;
	char *text = NULL;

	err = describe(tree, makefile, (char *)record->data + head, record->size - head,
		       &text);
	if (!err && strlen(text) == head && !memcmp(text, record->data, head)) {
		record->size -= head;
		memmove(record->data, record->data + head, record->size);
	} else {
		klpcc_buffer_deinit(record);
	}
	free(text);
	return err;
}

struct klpcc_error *klpcc_list_record_read(const struct klpcc_tree *tree,
					   const char *makefile, struct klpcc_buffer *ret)
{
	char *path;

	if (tree->kernel)
		return NULL;
	path = klpcc_tree_path(tree->build, RECORD);
	if (!path)
		return klpcc_error_nomem();
	/* A record that cannot be read is none. */
	klpcc_error_free(klpcc_file_read(path, ret));
	free(path);
	return ret->size ? cut_list(tree, makefile, ret) : NULL;
}

/* Is all that the list was made of older? */
static bool is_settled(const struct klpcc_tree *tree, const struct klpcc_buffer *list,
		       time_t since)
{
	const char *line = (const char *)list->data, *end = line + list->size;
	bool settled = true;
	size_t length;

	for (; settled && (line = next_file(line, end, &length)); line += length + 1) {
		char *path = find_file(tree, line, length);
		struct stat st;

		settled = path && (stat(path, &st) < 0 || st.st_mtim.tv_sec < since);
		free(path);
	}
	return settled;
}

static struct klpcc_error *write_record(const char *path, const char *text,
					const struct klpcc_buffer *list)
{
	struct klpcc_output output;
	struct klpcc_error *err = klpcc_output_begin(path, 0666, &output);

	if (err)
		return err;
	err = klpcc_output_write(&output, text, strlen(text));
	if (!err)
		err = klpcc_output_write(&output, list->data, list->size);
	if (!err)
		return klpcc_output_commit(&output);
	klpcc_output_discard(&output);
	return err;
}

struct klpcc_error *klpcc_list_record_write(const struct klpcc_tree *tree,
					    const char *makefile, time_t since,
					    const struct klpcc_buffer *list)
{
	char *path, *text = NULL;
	struct klpcc_error *err;

	if (tree->kernel || !is_settled(tree, list, since))
		return NULL;
	path = klpcc_tree_path(tree->build, RECORD);
	err = path ? describe(tree, makefile, (char *)list->data, list->size, &text)
		   : klpcc_error_nomem();
	if (!err)
		err = write_record(path, text, list);
	free(path);
	free(text);
	return err;
}
