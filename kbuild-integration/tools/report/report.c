// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reports: see report.h. json-c parses the file; this checks that it is a report before anything is
 * done with it.
 */
#include "report.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "lib/file.h"
#include "lib/json.h"
#include "lib/json-file.h"
#include "report-private.h"

#define UNIT_FORMAT "klpcc unit report"
#define MODULE_FORMAT "klpcc module report"
#define VERSION 1
/* Enough for a module's units, their externs, and the members of those. */
#define DEPTH 16

void klpcc_report_free(struct klpcc_report *report)
{
	if (!report)
		return;
	json_object_put(report->root);
	free(report->label);
	free(report);
}

static struct klpcc_error *not_a_report(const struct klpcc_report *report,
					const char *what)
{
	return klpcc_error_new(EINVAL, "%s: not a report of klpcc: %s", report->label,
			       what);
}

struct json_object *klpcc_report_member(struct json_object *of, const char *key)
{
	struct json_object *value;

	return json_object_object_get_ex(of, key, &value) ? value : NULL;
}

const char *klpcc_report_text(struct json_object *of, const char *key)
{
	struct json_object *value = klpcc_report_member(of, key);

	return value ? json_object_get_string(value) : NULL;
}

bool klpcc_report_is_module(const struct klpcc_report *report)
{
	return klpcc_report_member(report->root, "units") != NULL;
}

/* ---- reading -------------------------------------------------------------------------- */

static bool is_type(struct json_object *of, const char *key, enum json_type type,
		    bool required)
{
	struct json_object *value = klpcc_report_member(of, key);

	if (!value)
		return !required && !json_object_object_get_ex(of, key, NULL);
	return json_object_is_type(value, type);
}

static bool is_text(struct json_object *of, const char *key)
{
	return is_type(of, key, json_type_string, true);
}

static bool is_place(struct json_object *of, const char *key)
{
	struct json_object *place = klpcc_report_member(of, key);

	return is_type(of, key, json_type_object, false) &&
	       (!place || is_text(place, "file"));
}

static bool is_extern(struct json_object *entry)
{
	return json_object_is_type(entry, json_type_object) && is_text(entry, "symbol") &&
	       is_text(entry, "verdict") && is_text(entry, "decided") &&
	       is_type(entry, "object", json_type_string, false) &&
	       is_type(entry, "refusal", json_type_string, false) &&
	       is_type(entry, "position", json_type_int, false) &&
	       is_place(entry, "declared") && is_place(entry, "used");
}

static bool is_unit(struct json_object *unit)
{
	struct json_object *externs;

	if (!json_object_is_type(unit, json_type_object) || !is_text(unit, "source") ||
	    !is_type(unit, "externs", json_type_array, true))
		return false;
	externs = klpcc_report_member(unit, "externs");
	for (size_t i = 0; i < json_object_array_length(externs); i++)
		if (!is_extern(json_object_array_get_idx(externs, i)))
			return false;
	return true;
}

static bool is_module(struct json_object *module)
{
	struct json_object *units;

	if (!is_text(module, "module") ||
	    !is_type(module, "units", json_type_array, true))
		return false;
	units = klpcc_report_member(module, "units");
	for (size_t i = 0; i < json_object_array_length(units); i++)
		if (!is_unit(json_object_array_get_idx(units, i)))
			return false;
	return true;
}

static struct klpcc_error *check_report(const struct klpcc_report *report)
{
	struct json_object *root = report->root;
	const char *format;
	bool good;

	if (!json_object_is_type(root, json_type_object) || !is_text(root, "format") ||
	    !is_type(root, "version", json_type_int, true))
		return not_a_report(report, "it has no format and version");
	format = klpcc_report_text(root, "format");
	if (strcmp(format, UNIT_FORMAT) && strcmp(format, MODULE_FORMAT))
		return not_a_report(report, "it has another format");
	if (json_object_get_int64(klpcc_report_member(root, "version")) != VERSION)
		return klpcc_error_new(
			EINVAL,
			"%s: the report has format version %s, but this klpcc reads version %d",
			report->label, klpcc_report_text(root, "version"), VERSION);
	good = is_text(root, "release");
	if (!strcmp(format, UNIT_FORMAT))
		good = good && is_unit(root) && !klpcc_report_is_module(report);
	else
		good = good && is_module(root);
	return good ? NULL
		    : not_a_report(report, "a member is missing or has another type");
}

static struct klpcc_error *parse_json(struct klpcc_report *report, const char *data,
				      size_t size)
{
	struct klpcc_error *err = klpcc_json_parse(data, size, DEPTH, &report->root);

	return klpcc_error_prefix(err, "%s: not a report of klpcc", report->label);
}

static struct klpcc_error *new_report(const char *label, struct klpcc_report **ret)
{
	struct klpcc_report *report = calloc(1, sizeof(*report));

	if (report)
		report->label = strdup(label);
	if (!report || !report->label) {
		klpcc_report_free(report);
		return klpcc_error_nomem();
	}
	*ret = report;
	return NULL;
}

struct klpcc_error *klpcc_report_parse(const char *label, const void *data, size_t size,
				       struct klpcc_report **ret)
{
	struct klpcc_report *report = NULL;
	struct klpcc_error *err = new_report(label, &report);

	if (err)
		return err;
	err = parse_json(report, data, size);
	if (!err)
		err = check_report(report);
	if (err)
		klpcc_report_free(report);
	else
		*ret = report;
	return err;
}

struct klpcc_error *klpcc_report_read(const char *path, struct klpcc_report **ret)
{
	struct klpcc_buffer buffer;
	struct klpcc_error *err = klpcc_file_read(path, &buffer);

	if (err)
		return err;
	err = klpcc_report_parse(path, buffer.data, buffer.size, ret);
	klpcc_buffer_deinit(&buffer);
	return err;
}

/* ---- a module's report --------------------------------------------------------------- */

/* Consumes value. */
static struct klpcc_error *put_member(struct json_object *to, const char *key,
				      struct json_object *value)
{
	return klpcc_json_add(to, key, value) ? NULL : klpcc_error_nomem();
}

struct klpcc_error *klpcc_report_create(const char *module, const char *release,
					struct klpcc_report **ret)
{
	struct klpcc_report *report = NULL;
	struct klpcc_error *err = new_report(module, &report);

	if (err)
		return err;
	report->root = json_object_new_object();
	err = report->root ? put_member(report->root, "format",
					json_object_new_string(MODULE_FORMAT))
			   : klpcc_error_nomem();
	if (!err)
		err = put_member(report->root, "version", json_object_new_int(VERSION));
	if (!err)
		err = put_member(report->root, "module", json_object_new_string(module));
	if (!err)
		err = put_member(report->root, "release",
				 json_object_new_string(release));
	if (!err)
		err = put_member(report->root, "units", json_object_new_array());
	if (err)
		klpcc_report_free(report);
	else
		*ret = report;
	return err;
}

/* Removes the directory and a slash from the beginning of a name. */
static void shorten_name(struct json_object *of, const char *key, const char *directory)
{
	size_t length = strlen(directory);
	const char *text = of ? klpcc_report_text(of, key) : NULL;

	if (text && !strncmp(text, directory, length) && text[length] == '/') {
		char *rest = strdup(text + length + 1);

		if (rest)
			json_object_set_string(klpcc_report_member(of, key), rest);
		free(rest);
	}
}

/* Of functions, which nothing here shows, it is not even checked that they are a list. */
static void shorten_places(struct json_object *entries, const char *directory)
{
	if (!json_object_is_type(entries, json_type_array))
		return;
	for (size_t i = 0; i < json_object_array_length(entries); i++) {
		struct json_object *entry = json_object_array_get_idx(entries, i);

		shorten_name(klpcc_report_member(entry, "declared"), "file", directory);
		shorten_name(klpcc_report_member(entry, "used"), "file", directory);
	}
}

static void shorten_names(struct json_object *unit, const char *directory)
{
	shorten_name(unit, "source", directory);
	shorten_places(klpcc_report_member(unit, "externs"), directory);
	shorten_places(klpcc_report_member(unit, "functions"), directory);
}

struct klpcc_error *klpcc_report_add(struct klpcc_report *module,
				     struct klpcc_report *unit, const char *directory)
{
	const char *release = klpcc_report_text(module->root, "release");
	const char *other = klpcc_report_text(unit->root, "release");

	if (klpcc_report_is_module(unit))
		return klpcc_error_new(
			EINVAL, "%s: this is the report of a module, not of a unit",
			unit->label);
	if (strcmp(release, other))
		return klpcc_error_new(
			EINVAL, "%s: the report is for kernel release '%s', not for '%s'",
			unit->label, other, release);
	if (directory)
		shorten_names(unit->root, directory);
	/* These are in the module's report. */
	json_object_object_del(unit->root, "format");
	json_object_object_del(unit->root, "version");
	json_object_object_del(unit->root, "release");
	if (json_object_array_add(klpcc_report_member(module->root, "units"), unit->root))
		return klpcc_error_nomem();
	unit->root = NULL;
	return NULL;
}

struct klpcc_error *klpcc_report_write(const struct klpcc_report *report,
				       const char *path)
{
	return klpcc_json_write(path, report->root);
}
