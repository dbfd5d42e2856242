// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JSON: see json.h.
 */
#include "json.h"
#include "lib/printable.h"

static struct json_object *require_value(struct json_object *value)
{
	if (!value)
		xmalloc_failed(0);
	return value;
}

struct json_object *klpcc_json_object(void)
{
	return require_value(json_object_new_object());
}

struct json_object *klpcc_json_array(void)
{
	return require_value(json_object_new_array());
}

void klpcc_json_put(struct json_object *to, const char *key, struct json_object *value)
{
	if (json_object_object_add_ex(to, key, require_value(value),
				      JSON_C_OBJECT_KEY_IS_CONSTANT))
		xmalloc_failed(0);
}

void klpcc_json_append(struct json_object *to, struct json_object *value)
{
	if (json_object_array_add(to, require_value(value)))
		xmalloc_failed(0);
}

struct json_object *klpcc_json_text(const char *text)
{
	char *shown = klpcc_printable(text);
	struct json_object *value = shown ? json_object_new_string(shown) : NULL;

	free(shown);
	return require_value(value);
}

void klpcc_json_put_text(struct json_object *to, const char *key, const char *text)
{
	klpcc_json_put(to, key, klpcc_json_text(text));
}

void klpcc_json_put_number(struct json_object *to, const char *key, int64_t number)
{
	klpcc_json_put(to, key, json_object_new_int64(number));
}

void klpcc_json_put_bool(struct json_object *to, const char *key, bool value)
{
	klpcc_json_put(to, key, json_object_new_boolean(value));
}

const char *klpcc_json_path(const char *path, const char *suffix)
{
	return path ? path : concat(aux_base_name, suffix, NULL);
}

struct klpcc_error *klpcc_json_remove_old(const char *path)
{
	struct stat old, source;

	if (lstat(path, &old) || !S_ISREG(old.st_mode))
		return NULL;
	if (!stat(main_input_filename, &source) && source.st_dev == old.st_dev &&
	    source.st_ino == old.st_ino)
		return klpcc_error_new(EINVAL, "%s: this is the source file", path);
	return unlink(path) ? klpcc_error_errno(errno, "%s", path) : NULL;
}
