// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files of JSON: see json-file.h.
 */
#include "json-file.h"

#include "file.h"

struct klpcc_error *klpcc_json_write(const char *path, struct json_object *json)
{
	struct klpcc_output output;
	struct klpcc_error *err;
	size_t length;
	const char *text = json_object_to_json_string_length(
		json, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE, &length);

	if (!text)
		return klpcc_error_nomem();
	err = klpcc_output_begin(path, 0666, &output);
	if (err)
		return err;
	err = klpcc_output_write(&output, text, length);
	if (!err)
		err = klpcc_output_write(&output, "\n", 1);
	if (!err)
		return klpcc_output_commit(&output);
	klpcc_output_discard(&output);
	return err;
}
