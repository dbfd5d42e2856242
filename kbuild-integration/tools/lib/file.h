/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whole-file input and all-or-nothing output for the tools.
 *
 * Inputs are read into memory, not mapped: a file that shrinks under a mapping kills the
 * reader. Outputs go to a temporary file in the same directory and are renamed, so that a
 * reader sees the old file or the new one, never half of one. Of two processes that write the
 * same file at once, the one that ends last wins.
 */
#ifndef KLPCC_FILE_H
#define KLPCC_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What follows the last slash of a path, in place. */
const char *klpcc_base_name(const char *path);

struct klpcc_buffer {
	unsigned char *data; /* malloc()ed; NULL when size is 0 */
	size_t size;
};

/*
 * Reads a regular file, /proc file or pipe without a name whole; a device may have no end, and a
 * named pipe no writer: they are refused.
 */
struct klpcc_error *klpcc_file_read(const char *path,
				    struct klpcc_buffer *ret) KLPCC_MUST_CHECK;
void klpcc_buffer_deinit(struct klpcc_buffer *buffer);

/* The same as a string, which ends at the first NUL. *ret is malloc()ed. */
struct klpcc_error *klpcc_file_read_text(const char *path, char **ret) KLPCC_MUST_CHECK;

struct klpcc_output {
	char *name;      /* as the caller gave it, for messages */
	char *path;      /* final name */
	char *temporary; /* name while it is written; NULL while it has none */
	int fd;
};

/*
 * Opens a temporary file next to path. mode: permission bits of the final file, as for
 * open(2); an existing path keeps its own, except those beyond 0777. When path is a
 * symbolic link, the file that it points to is replaced, and the link stays; a link that
 * leads nowhere is refused. Other hard links of path keep the old file.
 */
struct klpcc_error *klpcc_output_begin(const char *path, mode_t mode,
				       struct klpcc_output *ret) KLPCC_MUST_CHECK;
/* Writes all of data; the message of a failure names the final path. */
struct klpcc_error *klpcc_output_write(struct klpcc_output *output, const void *data,
				       size_t size) KLPCC_MUST_CHECK;
/* Writes over the beginning of what was written, for a header that is known last. */
struct klpcc_error *klpcc_output_rewrite(struct klpcc_output *output, const void *data,
					 size_t size) KLPCC_MUST_CHECK;
/* Makes the file visible under its name. The output is deinitialised either way. */
struct klpcc_error *klpcc_output_commit(struct klpcc_output *output) KLPCC_MUST_CHECK;
/* Removes the temporary file. Harmless on a deinitialised output. */
void klpcc_output_discard(struct klpcc_output *output);

/* Writes a file whole or not at all, with the permissions that the umask leaves. */
struct klpcc_error *klpcc_file_write_text(const char *path,
					  const char *text) KLPCC_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
