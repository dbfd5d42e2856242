/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists of words, as execve() takes them.
 */
#ifndef KLPCC_WORDS_H
#define KLPCC_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

struct klpcc_words {
	char **words; /* ends with NULL once there is a word; malloc()ed, as each of them */
	size_t count, capacity;
};

/* Takes word over, which may be NULL: no memory. */
struct klpcc_error *klpcc_words_take(struct klpcc_words *words,
				     char *word) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_words_add(struct klpcc_words *words,
				    const char *word) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_words_addf(struct klpcc_words *words, const char *format,
				     ...) KLPCC_MUST_CHECK KLPCC_PRINTF(2, 3);
/* Sorts those from number `from` on, by their bytes. */
void klpcc_words_sort(struct klpcc_words *words, size_t from);
/* All of them must be sorted. */
bool klpcc_words_has(const struct klpcc_words *words, const char *word);
void klpcc_words_deinit(struct klpcc_words *words);

#endif
