/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the unit tests of the format module share: copies of names, and references.
 *
 * Names are handed to the parsers in a heap block of exactly their length, without a NUL,
 * so that the address sanitizer sees a read too far.
 */
#ifndef KLPCC_FORMAT_NAMES_H
#define KLPCC_FORMAT_NAMES_H

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/unit.h"
#include "klp-name.h"

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
