/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two preprocessed texts of one source: whether code can differ at all. It costs a tenth of a
 * compile, and most files that include a header use nothing of what changes in it.
 */
#ifndef KLPCC_PATCH_PREPROCESSED_H
#define KLPCC_PATCH_PREPROCESSED_H

#include <stdbool.h>

#include "../lib/error.h"

/*
 * *ret: false only if all that differs is declarations and static inline functions that nothing
 * else in the text names, not by way of others either. Line numbers do not count.
 */
struct klpcc_error *klpcc_preprocessed_differ(const char *original, const char *changed,
					      bool *ret) KLPCC_MUST_CHECK;

#endif
