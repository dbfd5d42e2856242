// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How long the index takes for one look-up: every name of an index, in random order, and as
 * many names that it does not have. Prints nanoseconds for a hit and for a miss, and the
 * number of names. For testsuite/bench/bench.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "index/index.h"
#include "lib/error.h"

#define ROUNDS 3

static void must(struct klpcc_error *err)
{
	if (!err)
		return;
	fprintf(stderr, "lookup: %s\n", err->message);
	exit(1);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* Fisher and Yates, with numbers that are the same in every run. */
static void shuffle(char **names, uint32_t count)
{
	uint64_t state = 88172645463325252u; /* Marsaglia's xorshift64 */

	for (uint32_t i = count; i > 1; i--) {
		uint32_t other;
		char *name;

		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		other = (uint32_t)(state % i);
		name = names[i - 1];
		names[i - 1] = names[other];
		names[other] = name;
	}
}

/* Nanoseconds for one name, the best of some rounds. */
static double look_up(const struct klpcc_index *index, char **names, uint32_t count,
		      bool wanted)
{
	double best = 0;

	for (int round = 0; round < ROUNDS; round++) {
		double start = now(), time;

		for (uint32_t i = 0; i < count; i++) {
			struct klpcc_index_name name;
			bool found;

			must(klpcc_index_find_name(index, names[i], strlen(names[i]),
						   &found, &name));
			if (found != wanted) {
				fprintf(stderr, "lookup: wrong answer for %s\n",
					names[i]);
				exit(1);
			}
		}
		time = (now() - start) / count;
		best = !round || time < best ? time : best;
	}
	return best;
}

int main(int argc, char **argv)
{
	char **hits, **misses;
	struct klpcc_index *index;
	double hit, miss;
	uint32_t count;

	if (argc != 2) {
		fprintf(stderr, "Usage: lookup INDEX\n");
		return 2;
	}
	must(klpcc_index_open(argv[1], &index));
	count = klpcc_index_names(index);
	hits = calloc(count, sizeof(*hits));
	misses = calloc(count, sizeof(*misses));
	for (uint32_t i = 0; hits && misses && i < count; i++) {
		struct klpcc_index_name name;

		must(klpcc_index_name_at(index, i, &name));
		hits[i] = strdup(name.name);
		/* No symbol ends so, and it is found only at the last character. */
		if (!hits[i] || asprintf(&misses[i], "%s;", name.name) < 0)
			return 1;
	}
	if (!hits || !misses || !count)
		return 1;
	shuffle(hits, count);
	shuffle(misses, count);
	hit = look_up(index, hits, count, true);
	miss = look_up(index, misses, count, false);
	printf("%.0f %.0f %u\n", hit, miss, count);
	for (uint32_t i = 0; i < count; i++) {
		free(hits[i]);
		free(misses[i]);
	}
	free(hits);
	free(misses);
	klpcc_index_close(index);
	return 0;
}
