// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lists of words: see words.h.
 */
#include "words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"

struct klpcc_error *klpcc_words_take(struct klpcc_words *words, char *word)
{
	char **grown = word ? klpcc_array_grow(words->words, words->count, 2,
					       &words->capacity, sizeof(*grown))
			    : NULL;

	if (!grown) {
		free(word);
		return klpcc_error_nomem();
	}
	words->words = grown;
	grown[words->count++] = word;
	grown[words->count] = NULL;
	return NULL;
}

struct klpcc_error *klpcc_words_add(struct klpcc_words *words, const char *word)
{
	return klpcc_words_take(words, strdup(word));
}

struct klpcc_error *klpcc_words_addf(struct klpcc_words *words, const char *format, ...)
{
	va_list args;
	char *word;

	va_start(args, format);
	if (vasprintf(&word, format, args) < 0)
		word = NULL;
	va_end(args);
	return klpcc_words_take(words, word);
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void klpcc_words_sort(struct klpcc_words *words, size_t from)
{
	if (words->count > from)
		qsort(words->words + from, words->count - from, sizeof(*words->words),
		      compare_words);
}

bool klpcc_words_has(const struct klpcc_words *words, const char *word)
{
	return words->count && bsearch(&word, words->words, words->count,
				       sizeof(*words->words), compare_words);
}

void klpcc_words_deinit(struct klpcc_words *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->words[i]);
	free(words->words);
	*words = (struct klpcc_words){ NULL, 0, 0 };
}
