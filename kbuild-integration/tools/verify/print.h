/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the verifier found, for people.
 */
#ifndef KLPCC_VERIFY_PRINT_H
#define KLPCC_VERIFY_PRINT_H

#include <stdio.h>

#include "verify.h"

/* One module and one kernel. */
struct klpcc_verify_cell {
	const char *path;    /* of the module */
	const char *release; /* of the kernel; "" when its index does not tell */
	const char *index_path;
	struct klpcc_verify_result result;
};

/* The word for a verdict: "loads", "REFUSED", "cannot tell". */
const char *klpcc_verdict_name(enum klpcc_verdict verdict);

/* A line for each finding, and one that sums up. */
void klpcc_verify_print(FILE *stream, const struct klpcc_verify_cell *cell);

#endif
