/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shows what is in a file that klpcc, or another maker of livepatches, made: an object file with
 * marks, a livepatch module in any form, or a target index.
 */
#ifndef KLPCC_SHOW_H
#define KLPCC_SHOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "../index/index.h"
#include "../lib/error.h"

enum klpcc_show_format {
	KLPCC_SHOW_TABLE,
	KLPCC_SHOW_JSON,
	KLPCC_SHOW_DOT, /* for graphviz; of an index there is none */
};

struct klpcc_show_options {
	enum klpcc_show_format format;
	/* Of the target, or NULL: tells who exports what a module imports. */
	const struct klpcc_index *index;
	bool objects; /* of an index: list its objects */
};

/* What is printed before the first file, between two, and after the last. */
void klpcc_show_begin(const struct klpcc_show_options *options, FILE *stream);
void klpcc_show_next(const struct klpcc_show_options *options, FILE *stream);
void klpcc_show_end(const struct klpcc_show_options *options, FILE *stream);

/* A relocatable file, compressed or not. */
struct klpcc_error *klpcc_show_module(const struct klpcc_show_options *options,
				      const char *path, FILE *stream) KLPCC_MUST_CHECK;
/* The same over bytes in memory, which are borrowed for the call; label: for messages. */
struct klpcc_error *klpcc_show_module_memory(const struct klpcc_show_options *options,
					     const char *label, const void *data,
					     size_t size, FILE *stream) KLPCC_MUST_CHECK;

/* An index as a whole; path: how the output names it. */
struct klpcc_error *klpcc_show_index(const struct klpcc_show_options *options,
				     const struct klpcc_index *index, const char *path,
				     FILE *stream) KLPCC_MUST_CHECK;
/* What it has of these names. One that it lacks is an error, which names similar ones. */
struct klpcc_error *klpcc_show_names(const struct klpcc_show_options *options,
				     const struct klpcc_index *index, const char *path,
				     char **names, size_t count,
				     FILE *stream) KLPCC_MUST_CHECK;

#endif
