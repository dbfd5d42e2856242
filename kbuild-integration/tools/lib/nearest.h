/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "did you mean": the word of a list that is nearest to a mistyped one.
 */
#ifndef KLPCC_NEAREST_H
#define KLPCC_NEAREST_H

#include <stddef.h>

/* The best candidate so far; initialize it as { .word = WORD }. All strings are borrowed. */
struct klpcc_nearest {
	const char *word;
	const char *best; /* NULL if none is near enough yet */
	size_t distance;  /* of best: how many letters to change */
};

/*
 * Takes a candidate into account unless it is too far off. For a word of one letter every candidate
 * is.
 */
void klpcc_nearest_offer(struct klpcc_nearest *nearest, const char *candidate);

#endif
