/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines of the kernel's text files (System.map, kallsyms, Module.symvers): splits a file
 * that was read whole, and names file and line in every complaint.
 */
#ifndef KLPCC_LINES_H
#define KLPCC_LINES_H

#include <stdbool.h>

#include "../lib/error.h"
#include "../lib/file.h"

struct klpcc_lines {
	const char *path; /* borrowed; must outlive the text */
	struct klpcc_buffer buffer;
	size_t next;        /* offset of the next line */
	unsigned long line; /* number of the line last read, from 1 */
};

struct klpcc_error *klpcc_lines_open(const char *path,
				     struct klpcc_lines *ret) KLPCC_MUST_CHECK;
void klpcc_lines_close(struct klpcc_lines *text);

/*
 * The next line, NUL-terminated and writable, in *line; NULL at the end of the file. A
 * line that contains a NUL or lacks its newline is an error: the file is binary or was
 * cut short.
 */
struct klpcc_error *klpcc_lines_next(struct klpcc_lines *text,
				     char **line) KLPCC_MUST_CHECK;

/* "<path>:<line>: <format>" for the line last read. */
struct klpcc_error *klpcc_lines_error(const struct klpcc_lines *text, const char *format,
				      ...) KLPCC_MUST_CHECK KLPCC_PRINTF(2, 3);
/* Puts "<path>:<line>" before an error; passes NULL through. */
struct klpcc_error *klpcc_lines_prefix(const struct klpcc_lines *text,
				       struct klpcc_error *err) KLPCC_MUST_CHECK;

#endif
