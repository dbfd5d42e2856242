// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * value FILE KEY...: prints the member or, for a number, the entry that the keys lead to in a file of
 * JSON. Ends with 1 if there is none, with 2 if the file is not JSON.
 */
#include <stdio.h>
#include <stdlib.h>

#include <json-c/json.h>

int main(int argc, char **argv)
{
	struct json_object *file = argc > 1 ? json_object_from_file(argv[1]) : NULL;
	struct json_object *json = file;

	if (!file)
		return 2;
	for (int i = 2; json && i < argc; i++) {
		struct json_object *next = NULL;

		if (json_object_is_type(json, json_type_array))
			next = json_object_array_get_idx(json,
							 strtoul(argv[i], NULL, 10));
		else
			json_object_object_get_ex(json, argv[i], &next);
		json = next;
	}
	if (json)
		puts(json_object_get_string(json));
	json_object_put(file);
	return json == NULL;
}
