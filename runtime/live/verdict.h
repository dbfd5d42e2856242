/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What `klpcc verify` says of a module, where that command and an index of the running kernel are.
 */
#ifndef KLPCC_LIVE_VERDICT_H
#define KLPCC_LIVE_VERDICT_H

#include <stdbool.h>

#include <lib/error.h>

/*
 * Has a module's file verified. index: NULL to look for one. An error if it would be refused;
 * *verified: whether there was a verdict at all.
 */
struct klpcc_error *klpcc_verdict_ask(const char *path, const char *index,
				      bool *verified) KLPCC_MUST_CHECK;

#endif
