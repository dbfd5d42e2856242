// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files of JSON: see json-file.h.
 */
#include "json-file.h"

#include <errno.h>
#include <json-c/json_tokener.h>
#include <limits.h>
#include <stdbool.h>

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

/* True if nothing but white space follows the value in the file. */
static bool is_blank(const char *text, size_t size)
{
	while (size && (*text == '\n' || *text == ' ')) {
		text++;
		size--;
	}
	return !size;
}

static const char *reason_of(struct json_tokener *tokener)
{
	enum json_tokener_error error = json_tokener_get_error(tokener);

	if (error == json_tokener_success)
		return "it is null";
	return error == json_tokener_continue ? "it ends early"
					      : json_tokener_error_desc(error);
}

struct klpcc_error *klpcc_json_parse(const char *data, size_t size, int depth,
				     struct json_object **ret)
{
	struct json_tokener *tokener = json_tokener_new_ex(depth);
	struct json_object *value = NULL;
	struct klpcc_error *err = NULL;
	size_t end;

	if (!tokener)
		return klpcc_error_nomem();
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT |
						JSON_TOKENER_ALLOW_TRAILING_CHARS |
						JSON_TOKENER_VALIDATE_UTF8);
	if (size && size < INT_MAX)
		value = json_tokener_parse_ex(tokener, data, (int)size);
	end = json_tokener_get_parse_end(tokener);
	if (!value)
		err = klpcc_error_new(EINVAL, "%s",
				      size ? reason_of(tokener) : "it is empty");
	else if (!is_blank(data + end, size - end))
		err = klpcc_error_new(EINVAL, "something follows it in the file");
	json_tokener_free(tokener);
	if (err)
		json_object_put(value);
	else
		*ret = value;
	return err;
}
