/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What each relocation resolves to, for `klpcc verify --explain`: callbacks of struct
 * klpcc_verify_options, whose argument is the stream to write to.
 */
#ifndef KLPCC_VERIFY_EXPLAIN_H
#define KLPCC_VERIFY_EXPLAIN_H

#include "verify.h"

/* A line. */
struct klpcc_error *klpcc_explain_text(void *stream,
				       const struct klpcc_explanation *what);
/* A JSON object and a comma. */
struct klpcc_error *klpcc_explain_json(void *stream,
				       const struct klpcc_explanation *what);

#endif
