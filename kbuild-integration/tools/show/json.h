/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON of klpcc show. Lists are printed as they are made, one entry a line, so that a million
 * entries need no memory. Functions return false without memory.
 */
#ifndef KLPCC_SHOW_JSON_H
#define KLPCC_SHOW_JSON_H

#include <json-c/json_object.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <klp-name.h>

/* Adds a member. Without a text, or a span, nothing is added. */
bool klpcc_show_add_text(struct json_object *json, const char *key, const char *text);
bool klpcc_show_add_span(struct json_object *json, const char *key,
			 struct klpcc_span span);
bool klpcc_show_add_number(struct json_object *json, const char *key, uint64_t number);
bool klpcc_show_add_flag(struct json_object *json, const char *key, bool flag);
/* Takes value over, which may be NULL: no memory. */
bool klpcc_show_add_value(struct json_object *json, const char *key,
			  struct json_object *value);

/*
 * A file's object: its members that are not lists first, then list after list. Takes facts over,
 * which may be NULL: no memory.
 */
bool klpcc_show_begin_object(FILE *stream, struct json_object *facts);
void klpcc_show_begin_list(FILE *stream, const char *key);
/* first: of its list. Takes item over, which may be NULL: no memory. */
bool klpcc_show_put_item(FILE *stream, struct json_object *item, bool first);
void klpcc_show_end_list(FILE *stream);
void klpcc_show_end_object(FILE *stream);

#endif
