/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the unit tests of the format module share: lines for the harness and copies of names.
 *
 * A test is a named run of many checks; it writes one line, and for the first checks that
 * fail a line each to stderr. Names are handed to the parsers in a heap block of exactly
 * their length, without a NUL, so that the address sanitizer sees a read too far.
 */
#ifndef KLPCC_FORMAT_UNIT_H
#define KLPCC_FORMAT_UNIT_H

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "klp-name.h"

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

static inline char *copy_exactly(const char *bytes, size_t len)
{
	char *copy = malloc(len ? len : 1);

	if (!copy)
		abort();
	memcpy(copy, bytes, len);
	return copy;
}

static inline struct klpcc_ref make_ref(const char *symbol, const char *object,
					unsigned int sympos, const char *gate)
{
	struct klpcc_ref ref = { klpcc_span_of(symbol), klpcc_span_of(object),
				 klpcc_span_of(gate), sympos };

	return ref;
}

static inline bool same_ref(const struct klpcc_ref *a, const struct klpcc_ref *b)
{
	return klpcc_span_equal(a->symbol, b->symbol) &&
	       klpcc_span_equal(a->object, b->object) &&
	       klpcc_span_equal(a->gate, b->gate) && a->sympos == b->sympos;
}

#endif
