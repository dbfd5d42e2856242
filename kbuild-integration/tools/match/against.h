/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two objects of one source file, function by function: what a change really alters.
 */
#ifndef KLPCC_MATCH_AGAINST_H
#define KLPCC_MATCH_AGAINST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "../lib/error.h"

enum klpcc_against_state {
	KLPCC_AGAINST_SAME,
	KLPCC_AGAINST_CHANGED,
	KLPCC_AGAINST_NEW, /* the first object does not have it */
	KLPCC_AGAINST_GONE /* the second does not */
};

/* A function or variable of one of them, or of both. Strings are the result's. */
struct klpcc_against_symbol {
	char *name; /* in the first object that has it */
	bool function;
	enum klpcc_against_state state;
	char *difference; /* of what is changed: the first one, in words */
};

struct klpcc_against {
	struct klpcc_against_symbol *symbols; /* by name */
	size_t count;
	size_t same, others; /* how many are the same, and how many are not */
};

/*
 * Compares the object of a changed source with that of the original. Both must be compiled with the
 * same options. Names of statics and clones count without their numbers, references by what they
 * mean, merged contents and data without a name by content, and the tables that the kernel has
 * of code (__bug_table, __ex_table, .altinstructions, ...) by function. Left out is what the
 * compiler or a macro makes anew in each function (__func__, __already_done, __key).
 */
struct klpcc_error *klpcc_against(const char *original, const char *changed,
				  struct klpcc_against *ret) KLPCC_MUST_CHECK;
/* The same over bytes in memory, which are borrowed. */
struct klpcc_error *klpcc_against_memory(const void *original, size_t original_size,
					 const void *changed, size_t changed_size,
					 struct klpcc_against *ret) KLPCC_MUST_CHECK;
void klpcc_against_deinit(struct klpcc_against *against);

/* print-against.c */
struct klpcc_error *klpcc_against_print(FILE *stream, const struct klpcc_against *against,
					const char *name, bool json) KLPCC_MUST_CHECK;

#endif
