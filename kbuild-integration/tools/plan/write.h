/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The writer of plans: what a file that matches the kernel is in it, for the plugin.
 */
#ifndef KLPCC_PLAN_WRITE_H
#define KLPCC_PLAN_WRITE_H

#include "../match/imports.h"
#include "../match/match.h"

struct klpcc_plan_draft {
	const struct klpcc_index *index;
	const struct klpcc_match_result *result; /* it matches */
	const struct klpcc_match_imports *imports;
	const char *source;      /* in the tree; NULL: as the observation has it */
	const char *observation; /* path of the file that the plugin wrote */
	char *const *flags;      /* ends with NULL; NULL: there are none */
};

/* Whole or not at all. Fails when the observation is not one, or is of another machine. */
struct klpcc_error *
klpcc_plan_write(const char *path, const struct klpcc_plan_draft *plan) KLPCC_MUST_CHECK;

#endif
