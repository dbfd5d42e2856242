/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON of klpcc show. Lists are printed as they are made, one entry a line, so that a million
 * entries need no memory. Functions return false without memory.
 */
#ifndef KLPCC_SHOW_JSON_H
#define KLPCC_SHOW_JSON_H

#include <stdio.h>

#include "../lib/json.h"

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
