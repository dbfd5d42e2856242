/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the verifier found, for people.
 */
#ifndef KLPCC_VERIFY_PRINT_H
#define KLPCC_VERIFY_PRINT_H

#include <stdio.h>

#include "grid.h"

/*
 * On one kernel, of each module the findings and a line that sums up; on several a line for each
 * that fails on one, and a table. quiet: only what is not well.
 */
struct klpcc_error *klpcc_verify_print(FILE *stream, const struct klpcc_verify_grid *grid,
				       bool quiet) KLPCC_MUST_CHECK;

#endif
