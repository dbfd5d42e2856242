/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Verdicts as JSON: docs/format.md has the schema.
 */
#ifndef KLPCC_VERIFY_JSON_H
#define KLPCC_VERIFY_JSON_H

#include <stdio.h>

#include "grid.h"

/* Onto the stream, a cell after the other. */
struct klpcc_error *
klpcc_verify_print_json(FILE *stream,
			const struct klpcc_verify_grid *grid) KLPCC_MUST_CHECK;

#endif
