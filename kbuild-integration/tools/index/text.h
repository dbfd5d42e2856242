/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lines of the kernel's text files (System.map, kallsyms, Module.symvers): splits a file
 * that was read whole, and names file and line in every complaint.
 */
#ifndef KLPCC_INDEX_TEXT_H
#define KLPCC_INDEX_TEXT_H

#include <stdbool.h>

#include "../lib/error.h"
#include "../lib/file.h"

struct klpcc_text {
	const char *path; /* borrowed; must outlive the text */
	struct klpcc_buffer buffer;
	size_t next;        /* offset of the next line */
	unsigned long line; /* number of the line last read, from 1 */
};

struct klpcc_error *klpcc_text_open(const char *path,
				    struct klpcc_text *ret) KLPCC_MUST_CHECK;
void klpcc_text_close(struct klpcc_text *text);

/*
 * The next line, NUL-terminated and writable, in *line; NULL at the end of the file. A line
 * that holds a NUL or lacks its newline is an error: the file is binary or was cut short.
 */
struct klpcc_error *klpcc_text_line(struct klpcc_text *text,
				    char **line) KLPCC_MUST_CHECK;

/* "<path>:<line>: <format>" for the line last read. */
struct klpcc_error *klpcc_text_error(const struct klpcc_text *text, const char *format,
				     ...) KLPCC_MUST_CHECK KLPCC_PRINTF(2, 3);
/* Puts "<path>:<line>" before an error; passes NULL through. */
struct klpcc_error *klpcc_text_prefix(const struct klpcc_text *text,
				      struct klpcc_error *err) KLPCC_MUST_CHECK;

#endif
