/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of JSON, as the plugin and the tool write them: reports.
 */
#ifndef KLPCC_JSON_FILE_H
#define KLPCC_JSON_FILE_H

#include <json-c/json_object.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whole or not at all (file.h), for people to read: indented, and slashes as they are. */
struct klpcc_error *klpcc_json_write(const char *path,
				     struct json_object *json) KLPCC_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
