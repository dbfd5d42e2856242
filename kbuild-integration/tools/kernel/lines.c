// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lines of text files: see lines.h.
 */
#include "lines.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct klpcc_error *klpcc_lines_open(const char *path, struct klpcc_lines *ret)
{
	struct klpcc_lines text = { .path = path };
	struct klpcc_error *err = klpcc_file_read(path, &text.buffer);

	if (!err)
		*ret = text;
	return err;
}

void klpcc_lines_close(struct klpcc_lines *text)
{
	klpcc_buffer_deinit(&text->buffer);
}

struct klpcc_error *klpcc_lines_next(struct klpcc_lines *text, char **line)
{
	size_t left = text->buffer.size - text->next;
	char *start, *end;

	*line = NULL;
	if (!left)
		return NULL;
	start = (char *)text->buffer.data + text->next;
	text->line++;
	end = memchr(start, '\n', left);
	if (memchr(start, '\0', end ? (size_t)(end - start) : left))
		return klpcc_lines_error(text, "not a text file");
	if (!end)
		return klpcc_lines_error(text, "the file ends in the middle of a line");
	*end = '\0';
	text->next += (size_t)(end - start) + 1;
	*line = start;
	return NULL;
}

struct klpcc_error *klpcc_lines_error(const struct klpcc_lines *text, const char *format,
				      ...)
{
	char message[256];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	return klpcc_error_new(EINVAL, "%s:%lu: %s", text->path, text->line, message);
}

struct klpcc_error *klpcc_lines_prefix(const struct klpcc_lines *text,
				       struct klpcc_error *err)
{
	return klpcc_error_prefix(err, "%s:%lu", text->path, text->line);
}
