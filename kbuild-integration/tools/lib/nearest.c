// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * "did you mean": see nearest.h.
 */
#include "nearest.h"

#include <string.h>

#define LONGEST 32

static size_t minimum_of(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * How many letters to insert, remove, replace or swap with their neighbour to make b of a: the
 * optimal string alignment distance. Both have at most LONGEST letters.
 */
static size_t count_changes(const char *a, const char *b)
{
	size_t cost[LONGEST + 1][LONGEST + 1];
	size_t rows = strlen(a), columns = strlen(b);

	for (size_t i = 0; i <= rows; i++) {
		for (size_t j = 0; j <= columns; j++) {
			if (!i || !j) {
				cost[i][j] = i + j;
				continue;
			}
			cost[i][j] =
				minimum_of(minimum_of(cost[i - 1][j], cost[i][j - 1]) + 1,
					   cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				cost[i][j] =
					minimum_of(cost[i][j], cost[i - 2][j - 2] + 1);
		}
	}
	return cost[rows][columns];
}

void klpcc_nearest_offer(struct klpcc_nearest *nearest, const char *candidate)
{
	size_t length = strlen(nearest->word), changes;

	if (length > LONGEST || strlen(candidate) > LONGEST)
		return;
	changes = count_changes(nearest->word, candidate);
	/* One letter in three may be wrong, as in GCC's own suggestions. */
	if (changes > (length + 1) / 3 || (nearest->best && changes >= nearest->distance))
		return;
	nearest->best = candidate;
	nearest->distance = changes;
}
