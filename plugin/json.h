/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON: what the files that the plugin writes beside an object are made of.
 *
 * Values pass to what they are put into. Memory that runs out ends the compiler, as in GCC's own
 * functions, so that nobody has to check.
 */
#ifndef KLPCC_JSON_H
#define KLPCC_JSON_H

#include "gcc-compat.h"
#include "lib/json-file.h"

struct json_object *klpcc_json_object(void);
struct json_object *klpcc_json_array(void);

/* value: as json-c made it, or NULL when json-c had no memory. key: a literal. */
void klpcc_json_put(struct json_object *to, const char *key, struct json_object *value);
void klpcc_json_append(struct json_object *to, struct json_object *value);

/* Names of files may contain any bytes, JSON only characters: others are escaped. */
struct json_object *klpcc_json_text(const char *text);
void klpcc_json_put_text(struct json_object *to, const char *key, const char *text);
void klpcc_json_put_number(struct json_object *to, const char *key, int64_t number);
void klpcc_json_put_bool(struct json_object *to, const char *key, bool value);

/* The path that was asked for; if it is NULL, that of the object with another suffix. */
const char *klpcc_json_path(const char *path, const char *suffix);

/*
 * Removes an old file, so that one that is there afterwards is of this compilation. Refuses to
 * remove the source.
 */
struct klpcc_error *klpcc_json_remove_old(const char *path) KLPCC_MUST_CHECK;

#endif
