/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The .cmd files in which kbuild keeps how it made a file, and of what.
 */
#ifndef KLPCC_SAVED_COMMAND_H
#define KLPCC_SAVED_COMMAND_H

#include "../lib/error.h"
#include "../lib/file.h"
#include "../lib/words.h"

struct klpcc_saved_command {
	struct klpcc_words argv; /* of the first command: the compiler */
	char *source; /* what it compiles, as argv names it; NULL if not said */
	struct klpcc_words
		prerequisites; /* files; relative to the directory of the build */
};

/*
 * Reads the contents of the .cmd file of a target ("fs/fcntl.o"). name: of the file, for errors.
 * A command that only a shell can carry out is refused.
 */
struct klpcc_error *
klpcc_saved_command_parse(const char *name, const char *target,
			  const struct klpcc_buffer *contents,
			  struct klpcc_saved_command *ret) KLPCC_MUST_CHECK;

/* The same for the file of a target below the directory of the build. */
struct klpcc_error *
klpcc_saved_command_read(const char *build, const char *target,
			 struct klpcc_saved_command *ret) KLPCC_MUST_CHECK;
void klpcc_saved_command_deinit(struct klpcc_saved_command *command);

/* "fs/.fcntl.o.cmd" for "fs/fcntl.o", below the directory of the build. malloc()ed; NULL: no memory. */
char *klpcc_saved_command_path(const char *build, const char *target);

#endif
