// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One fix for several kernels: see many.h.
 *
 * Each livepatch is made by a klpcc of its own, so that none of them is in the way of another: not
 * with its environment, its messages or its end. What they say is kept until all are done.
 */
#include "many.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/json-file.h"
#include "../lib/json.h"
#include "../lib/message.h"
#include "../lib/run.h"
#include "../lib/stop.h"
#include "../lib/table.h"
#include "../lib/words.h"
#include "../lib/workers.h"
#include "patch-private.h"
#include "place.h"

#define SCHEMA_VERSION 1
#define DEPTH 8 /* of what one of them prints */
#define SPEAKER "klpcc patch: "

/* What one of them came to. */
struct outcome {
	struct json_object *json; /* as it printed it; NULL if it failed */
	struct klpcc_error *err;  /* why */
	struct klpcc_buffer said; /* its standard error */
};

struct run {
	const struct klpcc_patch_many *many;
	char *program, *parent;
	struct outcome *outcomes; /* one for each release */
};

/* ---- one of them ------------------------------------------------------------------------ */

static struct klpcc_error *make_command(const struct run *run, const char *release,
					struct klpcc_words *argv)
{
	const struct klpcc_patch_many *many = run->many;
	struct klpcc_error *err = klpcc_words_add(argv, run->program);

	if (!err)
		err = klpcc_words_add(argv, "patch");
	if (!err)
		err = klpcc_words_addf(argv, "--release=%s", release);
	if (!err)
		err = klpcc_words_add(argv, "--json");
	if (!err && !many->explain)
		err = klpcc_words_addf(argv, "--output=%s/%s", run->parent, release);
	for (char *const *option = many->options; !err && *option; option++)
		err = klpcc_words_add(argv, *option);
	if (!err)
		err = klpcc_words_add(argv, "--");
	for (size_t i = 0; !err && i < many->diff_count; i++)
		err = klpcc_words_add(argv, many->diffs[i]);
	return err;
}

/* Its own error, in place of how it ended. */
static struct klpcc_error *find_error(const struct klpcc_buffer *said,
				      struct klpcc_error *ended)
{
	static const char start[] = SPEAKER "error: ";
	const size_t length = sizeof(start) - 1;
	const char *text = (const char *)said->data;

	for (size_t at = 0; at < said->size;) {
		const char *end = memchr(text + at, '\n', said->size - at);
		size_t size = end ? (size_t)(end - text) - at : said->size - at;

		if (size > length && !memcmp(text + at, start, length)) {
			struct klpcc_error *err =
				klpcc_error_new(ended->code, "%.*s", (int)(size - length),
						text + at + length);

			klpcc_error_free(ended);
			return err;
		}
		at += size + 1;
	}
	return ended;
}

static void make_one(void *data, size_t number)
{
	const struct run *run = data;
	struct outcome *outcome = &run->outcomes[number];
	struct klpcc_words argv = { .count = 0 };
	struct klpcc_buffer output = { .size = 0 };

	outcome->err = make_command(run, run->many->releases[number], &argv);
	if (!outcome->err) {
		struct klpcc_run one = { .argv = (const char *const *)argv.words };

		outcome->err = klpcc_run_logs(&one, &output, &outcome->said);
		if (outcome->err)
			outcome->err = find_error(&outcome->said, outcome->err);
		else
			outcome->err =
				klpcc_json_parse((const char *)output.data, output.size,
						 DEPTH, &outcome->json);
	}
	klpcc_buffer_deinit(&output);
	klpcc_words_deinit(&argv);
}

/* ---- what all came to ------------------------------------------------------------------- */

/* Whatever it said besides its error, under the name of the release. */
static void show_said(const char *release, const struct klpcc_buffer *said)
{
	const char *text = (const char *)said->data;
	const size_t length = strlen(SPEAKER);

	for (size_t at = 0; at < said->size;) {
		const char *end = memchr(text + at, '\n', said->size - at),
			   *line = text + at;
		size_t size = end ? (size_t)(end - line) : said->size - at;

		at += size + 1;
		if (size >= length && !memcmp(line, SPEAKER, length)) {
			line += length;
			size -= length;
		}
		if (strncmp(line, "error: ", strlen("error: ")))
			klpcc_message(KLPCC_MESSAGE_PLAIN, "%s: %.*s", release, (int)size,
				      line);
	}
}

static const char *find_text(struct json_object *json, const char *key)
{
	struct json_object *value;

	return json_object_object_get_ex(json, key, &value)
		       ? json_object_get_string(value)
		       : "";
}

static struct json_object *find_array(struct json_object *json, const char *key)
{
	struct json_object *value;

	return json_object_object_get_ex(json, key, &value) &&
			       json_object_is_type(value, json_type_array)
		       ? value
		       : NULL;
}

/* The names of the functions. */
static void fill_functions(struct json_object *json, struct klpcc_row *row)
{
	struct json_object *files = find_array(json, "files");
	const char *before = "";

	for (size_t i = 0; files && i < json_object_array_length(files); i++) {
		struct json_object *functions =
			find_array(json_object_array_get_idx(files, i), "functions");

		for (size_t k = 0; functions && k < json_object_array_length(functions);
		     k++) {
			klpcc_row_string(row, before);
			klpcc_row_string(
				row, find_text(json_object_array_get_idx(functions, k),
					       "name"));
			before = " ";
		}
	}
}

static void fill_row(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct run *run = arg;
	const struct outcome *outcome = &run->outcomes[number];

	klpcc_row_string(row, run->many->releases[number]);
	klpcc_row_end_cell(row);
	if (outcome->json)
		fill_functions(outcome->json, row);
	klpcc_row_end_cell(row);
	if (outcome->err) {
		klpcc_row_string(row, "error: ");
		klpcc_row_string(row, outcome->err->message);
	} else {
		klpcc_row_string(row, find_text(outcome->json, "module"));
	}
	klpcc_row_end_cell(row);
}

static struct klpcc_error *print_table(const struct run *run)
{
	static const struct klpcc_column columns[] = {
		{ .head = "release" },
		{ .head = "replaces" },
		{ .head = "result" },
	};
	const struct klpcc_table table = {
		.columns = columns,
		.column_count = sizeof(columns) / sizeof(columns[0]),
		.row_count = run->many->count,
		.fill = fill_row,
		.arg = run,
	};

	return klpcc_table_print(&table, stdout);
}

static struct json_object *make_release(const void *data, size_t number)
{
	const struct run *run = data;
	const struct outcome *outcome = &run->outcomes[number];
	struct json_object *json;

	if (outcome->json)
		return json_object_get(outcome->json);
	json = json_object_new_object();
	if (json && klpcc_json_add_text(json, "release", run->many->releases[number]) &&
	    klpcc_json_add_text(json, "error", outcome->err->message))
		return json;
	json_object_put(json);
	return NULL;
}

static struct klpcc_error *print_json(const struct run *run)
{
	struct json_object *json = json_object_new_object();
	bool good = json && klpcc_json_add_number(json, "version", SCHEMA_VERSION) &&
		    klpcc_json_add(json, "releases",
				   klpcc_json_array(run->many->count, make_release, run));

	if (good)
		printf("%s\n", json_object_to_json_string_ext(
				       json, JSON_C_TO_STRING_PRETTY |
						     JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(json);
	return good ? NULL : klpcc_error_nomem();
}

static struct klpcc_error *report(const struct run *run)
{
	const struct klpcc_patch_many *many = run->many;
	struct klpcc_error *err = NULL;
	size_t failed = 0;

	for (size_t i = 0; i < many->count; i++) {
		failed += run->outcomes[i].err != NULL;
		show_said(many->releases[i], &run->outcomes[i].said);
		if (run->outcomes[i].err && many->quiet && !many->json)
			klpcc_message(KLPCC_MESSAGE_ERROR, "%s: %s", many->releases[i],
				      run->outcomes[i].err->message);
	}
	if (many->json)
		err = print_json(run);
	else if (!many->quiet)
		err = print_table(run);
	/* The error comes last, also where both go to one file. */
	fflush(stdout);
	if (!err && failed)
		err = klpcc_error_new(EIO, "failed for %zu of %zu releases", failed,
				      many->count);
	return err;
}

/* ---- all of it -------------------------------------------------------------------------- */

/* The directory that theirs are in. It must not be a patch's own. */
static struct klpcc_error *make_parent(struct run *run)
{
	const struct klpcc_patch_many *many = run->many;
	struct klpcc_error *err = NULL;
	char *makefile;

	if (many->output)
		run->parent = strdup(many->output);
	else
		err = klpcc_patch_name(many->diffs[0], &run->parent);
	if (!err && !run->parent)
		err = klpcc_error_nomem();
	if (err || many->explain)
		return err;
	if (mkdir(run->parent, 0777) && errno != EEXIST)
		return klpcc_error_errno(errno, "%s", run->parent);
	err = klpcc_patch_path(&makefile, run->parent, "Makefile", "");
	if (!err && !access(makefile, F_OK))
		err = klpcc_error_new(
			EEXIST,
			"%s: it is a directory that something is built in, and for several releases there must be one for each in it; name another with --output",
			run->parent);
	free(makefile);
	return err;
}

static void deinit(struct run *run)
{
	for (size_t i = 0; run->outcomes && i < run->many->count; i++) {
		json_object_put(run->outcomes[i].json);
		klpcc_error_free(run->outcomes[i].err);
		klpcc_buffer_deinit(&run->outcomes[i].said);
	}
	free(run->outcomes);
	free(run->program);
	free(run->parent);
}

struct klpcc_error *klpcc_patch_many(const struct klpcc_patch_many *many)
{
	struct run run = {
		.many = many,
		.program = realpath("/proc/self/exe", NULL),
		.outcomes = calloc(many->count, sizeof(*run.outcomes)),
	};
	struct klpcc_error *err;

	if (!run.outcomes || !run.program)
		err = klpcc_error_nomem();
	else
		err = make_parent(&run);
	if (!err) {
		klpcc_workers_run("releases", many->count, make_one, &run);
		/* If none of them made anything. */
		rmdir(run.parent);
		err = klpcc_stop_check();
	}
	if (!err)
		err = report(&run);
	deinit(&run);
	return err;
}
