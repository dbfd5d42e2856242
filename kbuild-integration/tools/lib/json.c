// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Members of JSON objects and arrays: see json.h.
 */
#include "json.h"

#include <stdlib.h>
#include <string.h>

#include "printable.h"

bool klpcc_json_add(struct json_object *json, const char *key, struct json_object *value)
{
	if (value && !json_object_object_add(json, key, value))
		return true;
	json_object_put(value);
	return false;
}

bool klpcc_json_append(struct json_object *array, struct json_object *value)
{
	if (value && !json_object_array_add(array, value))
		return true;
	json_object_put(value);
	return false;
}

/* Text from files may be anything, and JSON is UTF-8. */
struct json_object *klpcc_json_array(size_t count,
				     struct json_object *(*make)(const void *data,
								 size_t number),
				     const void *data)
{
	struct json_object *array = json_object_new_array();

	for (size_t i = 0; array && i < count; i++) {
		if (klpcc_json_append(array, make(data, i)))
			continue;
		json_object_put(array);
		return NULL;
	}
	return array;
}

bool klpcc_json_add_text(struct json_object *json, const char *key, const char *text)
{
	char *shown;
	bool added;

	if (!text)
		return true;
	shown = klpcc_printable(text);
	added = shown && klpcc_json_add(json, key, json_object_new_string(shown));
	free(shown);
	return added;
}

bool klpcc_json_add_span(struct json_object *json, const char *key,
			 struct klpcc_span span)
{
	char *text;
	bool added;

	if (!span.start)
		return true;
	text = strndup(span.start, span.len);
	added = text && klpcc_json_add_text(json, key, text);
	free(text);
	return added;
}

bool klpcc_json_add_number(struct json_object *json, const char *key, uint64_t number)
{
	return klpcc_json_add(json, key, json_object_new_uint64(number));
}

bool klpcc_json_add_flag(struct json_object *json, const char *key, bool flag)
{
	return klpcc_json_add(json, key, json_object_new_boolean(flag));
}
