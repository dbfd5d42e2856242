/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Verdicts as JSON: docs/format.md has the schema.
 */
#ifndef KLPCC_VERIFY_JSON_H
#define KLPCC_VERIFY_JSON_H

#include <stdio.h>

#include <json-c/json_object.h>

#include "grid.h"

/* Onto the stream, a cell after the other. */
struct klpcc_error *
klpcc_verify_print_json(FILE *stream,
			const struct klpcc_verify_grid *grid) KLPCC_MUST_CHECK;

/* Members of an object; false without memory. A text that is NULL is left out. */
bool klpcc_json_text(struct json_object *json, const char *key, const char *text);
bool klpcc_json_number(struct json_object *json, const char *key, uint64_t number);
bool klpcc_json_flag(struct json_object *json, const char *key, bool flag);

#endif
