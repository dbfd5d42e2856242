/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "did you mean": the word of a list that somebody who typed another one meant.
 */
#ifndef KLPCC_NEAREST_H
#define KLPCC_NEAREST_H

#include <stddef.h>

/* The best candidate so far; starts as { word }. All strings are borrowed. */
struct klpcc_nearest {
	const char *word;
	const char *best; /* NULL while none is near enough */
	size_t distance;  /* of best, in letters to change */
};

/* Takes a candidate into account. Far-off ones, and all for words of one letter, are not. */
void klpcc_nearest_offer(struct klpcc_nearest *nearest, const char *candidate);

#endif
