/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of JSON, as the plugin and the tool write and read them: reports, observations, plans.
 */
#ifndef KLPCC_JSON_FILE_H
#define KLPCC_JSON_FILE_H

#include <json-c/json_object.h>
#include <stddef.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whole or not at all (file.h), for people to read: indented, and slashes as they are. */
struct klpcc_error *klpcc_json_write(const char *path,
				     struct json_object *json) KLPCC_MUST_CHECK;

/*
 * Parses a whole file's bytes: one value, not null, nested depth deep at most, and nothing
 * after it. The error says what is wrong, and not with which file.
 */
struct klpcc_error *klpcc_json_parse(const char *data, size_t size, int depth,
				     struct json_object **ret) KLPCC_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
