/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Helpers for unit tests in C: the output that klpcc_unit expects, and a random number
 * generator that gives the same numbers everywhere.
 *
 * A test has a name and makes many checks. It writes one line to stdout, and one line to stderr for
 * each of the first checks that fail.
 */
#ifndef KLPCC_UNIT_H
#define KLPCC_UNIT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/error.h"

static const char *test_name;
static unsigned long test_checks, test_failures;
static int test_status;

static inline void test_begin(const char *name)
{
	test_name = name;
	test_checks = test_failures = 0;
}

__attribute__((format(printf, 2, 3))) static inline bool check(bool good,
							       const char *format, ...)
{
	va_list args;

	test_checks++;
	if (good)
		return true;
	if (test_failures++ < 10) {
		fprintf(stderr, "%s: ", test_name);
		va_start(args, format);
		vfprintf(stderr, format, args);
		va_end(args);
		fputc('\n', stderr);
	}
	return false;
}

static inline void test_end(void)
{
	bool good = test_checks > 0 && test_failures == 0;

	printf("\t%s: %s\n", good ? "PASSED" : "FAILED", test_name);
	if (!good)
		test_status = 1;
}

/* For steps that are not under test but must succeed. */
static inline void must(struct klpcc_error *err)
{
	if (!err)
		return;
	fprintf(stderr, "%s: %s\n", test_name ? test_name : "set-up", err->message);
	exit(1);
}

/* The next number, below limit, of Marsaglia's xorshift32. */
static inline uint32_t random_below(uint32_t *state, uint32_t limit)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state % limit;
}

#endif
