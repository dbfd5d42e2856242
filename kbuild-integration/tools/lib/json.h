/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Members of JSON objects and arrays. Functions return false without memory.
 */
#ifndef KLPCC_JSON_H
#define KLPCC_JSON_H

#include <json-c/json_object.h>
#include <stdbool.h>
#include <stdint.h>

#include <klp-name.h>

/* Take value over, which may be NULL: no memory. */
bool klpcc_json_add(struct json_object *json, const char *key, struct json_object *value);
bool klpcc_json_append(struct json_object *array, struct json_object *value);

/* An array of what make returns for each number below count; NULL, as make's: no memory. */
struct json_object *klpcc_json_array(size_t count,
				     struct json_object *(*make)(const void *data,
								 size_t number),
				     const void *data);

/* Without a text, or a span, nothing is added. Text is added as printable.h says. */
bool klpcc_json_add_text(struct json_object *json, const char *key, const char *text);
bool klpcc_json_add_span(struct json_object *json, const char *key,
			 struct klpcc_span span);
bool klpcc_json_add_number(struct json_object *json, const char *key, uint64_t number);
bool klpcc_json_add_flag(struct json_object *json, const char *key, bool flag);

#endif
