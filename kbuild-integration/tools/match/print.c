// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Verdicts on files, for people: of one file its functions, of several a row each; before that
 * whatever differs.
 */
#include <stdlib.h>
#include <string.h>

#include "../lib/message.h"
#include "../lib/table.h"
#include "batch.h"

/* Of a file that does not fit at all the first tell enough. */
#define DIFFERENCES_SHOWN 10

static const char *const state_names[] = {
	[KLPCC_MATCH_SAME] = "same",
	[KLPCC_MATCH_WEAK] = "weak",
	[KLPCC_MATCH_ABSENT] = "absent",
	[KLPCC_MATCH_DIFFERENT] = "DIFFERENT",
};

/* ---- what differs ---------------------------------------------------------------------- */

static bool is_wrong(const struct klpcc_match_symbol *symbol)
{
	return symbol->state == KLPCC_MATCH_DIFFERENT ||
	       (symbol->function && symbol->state == KLPCC_MATCH_ABSENT);
}

static struct klpcc_error *print_text(FILE *stream, const struct klpcc_match_job *job,
				      const char *name, const char *text)
{
	char *line;

	if (asprintf(&line, "%s%s%s%s", name ? "'" : "", name ? name : "",
		     name ? "': " : "", text) < 0)
		return klpcc_error_nomem();
	klpcc_print_line(stream, job->name, KLPCC_MESSAGE_ERROR, line);
	free(line);
	return NULL;
}

/* All functions are missing: the file is not part of this kernel. */
static bool is_absent(const struct klpcc_match_result *result)
{
	return result->functions[KLPCC_MATCH_ABSENT] &&
	       !result->functions[KLPCC_MATCH_SAME] &&
	       !result->functions[KLPCC_MATCH_DIFFERENT];
}

/* A file without functions and variables, or one whose variables kallsyms does not have. */
static bool is_empty(const struct klpcc_match_result *result)
{
	for (size_t i = 0; i < result->symbol_count; i++)
		if (result->symbols[i].state != KLPCC_MATCH_ABSENT)
			return false;
	return !result->other_count;
}

static struct klpcc_error *print_symbol(FILE *stream, const struct klpcc_match_job *job,
					const struct klpcc_match_symbol *symbol)
{
	struct klpcc_error *err = print_text(
		stream, job, symbol->name,
		symbol->difference ? symbol->difference : "the kernel does not have it");

	if (!err && symbol->code)
		fputs(symbol->code, stream);
	return err;
}

/* format: of one size_t. */
static struct klpcc_error *print_count(FILE *stream, const struct klpcc_match_job *job,
				       const char *format, size_t count)
{
	char line[128];

	snprintf(line, sizeof(line), format, count);
	klpcc_print_line(stream, job->name, KLPCC_MESSAGE_PLAIN, line);
	return NULL;
}

/* What only is elsewhere. others: something really differs, and tells why. */
static struct klpcc_error *print_moved(FILE *stream, const struct klpcc_match_job *job,
				       bool others)
{
	const struct klpcc_match_result *result = &job->result;
	struct klpcc_error *err = NULL;
	size_t moved = 0;

	for (size_t i = 0; !err && i < result->symbol_count; i++)
		if (result->symbols[i].moved && ++moved <= DIFFERENCES_SHOWN && !others)
			err = print_symbol(stream, job, &result->symbols[i]);
	if (err || !moved || (!others && moved <= DIFFERENCES_SHOWN))
		return err;
	return print_count(
		stream, job,
		"the same, but elsewhere in their section: functions and variables, %zu",
		moved);
}

static struct klpcc_error *print_differences(FILE *stream,
					     const struct klpcc_match_job *job)
{
	const struct klpcc_match_result *result = &job->result;
	size_t wrong = 0;
	struct klpcc_error *err = NULL;

	if (is_absent(result))
		return print_text(
			stream, job, NULL,
			"none of its functions is in the kernel, whose configuration does not build it");
	if (is_empty(result))
		return print_text(
			stream, job, NULL,
			"none of its functions and variables is known by name, so there is nothing to compare");
	for (size_t i = 0; !err && i < result->symbol_count; i++)
		if (is_wrong(&result->symbols[i]) && !result->symbols[i].moved &&
		    ++wrong <= DIFFERENCES_SHOWN)
			err = print_symbol(stream, job, &result->symbols[i]);
	for (size_t i = 0; !err && i < result->other_count; i++)
		if (++wrong <= DIFFERENCES_SHOWN)
			err = print_text(stream, job, NULL, result->others[i]);
	if (!err && wrong > DIFFERENCES_SHOWN)
		err = print_count(stream, job, "... and %zu more",
				  wrong - DIFFERENCES_SHOWN);
	return err ? err : print_moved(stream, job, wrong > 0);
}

/* ---- one file -------------------------------------------------------------------------- */

static void fill_symbol(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct klpcc_match_result *const *results = arg;
	const struct klpcc_match_symbol *symbol = results[0]->symbols;
	size_t functions = 0;

	for (;; symbol++)
		if (symbol->function && functions++ == number)
			break;
	klpcc_row_string(row, symbol->name);
	klpcc_row_end_cell(row);
	klpcc_row_string(row, state_names[symbol->state]);
	klpcc_row_end_cell(row);
	if (symbol->section)
		klpcc_row_string(row, symbol->section);
	klpcc_row_end_cell(row);
	if (symbol->named)
		klpcc_row_hex(row, symbol->address);
	klpcc_row_end_cell(row);
	if (symbol->named && symbol->init)
		klpcc_row_string(row, "init");
	else if (symbol->named && symbol->sympos)
		klpcc_row_number(row, symbol->sympos);
	else if (symbol->named)
		klpcc_row_string(row, "unique");
	klpcc_row_end_cell(row);
}

static struct klpcc_error *print_summary(FILE *stream, const struct klpcc_match_job *job,
					 const char *release)
{
	const struct klpcc_match_result *result = &job->result;
	char *text, *not_same = NULL;
	int length;

	if (result->functions[KLPCC_MATCH_WEAK] &&
	    asprintf(&not_same, ", %zu weak and not used",
		     result->functions[KLPCC_MATCH_WEAK]) < 0)
		return klpcc_error_nomem();
	length = asprintf(&text, "%s %s of %s: %zu function%s the same%s",
			  result->matches ? "matches" : "does not match", result->object,
			  release, result->functions[KLPCC_MATCH_SAME],
			  result->functions[KLPCC_MATCH_SAME] == 1 ? "" : "s",
			  not_same ? not_same : "");
	free(not_same);
	if (length < 0)
		return klpcc_error_nomem();
	klpcc_print_line(stream, job->name, KLPCC_MESSAGE_PLAIN, text);
	free(text);
	return NULL;
}

static struct klpcc_error *print_functions(FILE *stream,
					   const struct klpcc_match_result *result)
{
	static const struct klpcc_column columns[] = {
		{ .head = "function" }, { .head = "verdict" },  { .head = "section" },
		{ .head = "address" },  { .head = "position" },
	};
	const struct klpcc_table table = {
		.columns = columns,
		.column_count = sizeof(columns) / sizeof(columns[0]),
		.row_count = result->functions[KLPCC_MATCH_SAME] +
			     result->functions[KLPCC_MATCH_WEAK] +
			     result->functions[KLPCC_MATCH_ABSENT] +
			     result->functions[KLPCC_MATCH_DIFFERENT],
		.fill = fill_symbol,
		.arg = &result,
	};

	return klpcc_table_print(&table, stream);
}

/* ---- several files --------------------------------------------------------------------- */

static const char *verdict_name(const struct klpcc_match_job *job)
{
	return job->err ? "error" : job->result.matches ? "matches" : "DIFFERS";
}

static void fill_job(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct klpcc_match_batch *batch = arg;
	const struct klpcc_match_job *job = &batch->jobs[number];

	klpcc_row_string(row, job->name);
	klpcc_row_end_cell(row);
	klpcc_row_string(row, verdict_name(job));
	klpcc_row_end_cell(row);
	if (!job->err)
		klpcc_row_string(row, job->result.object);
	klpcc_row_end_cell(row);
	for (size_t i = 0; i < KLPCC_MATCH_STATES; i++) {
		if (!job->err)
			klpcc_row_number(row, job->result.functions[i]);
		klpcc_row_end_cell(row);
	}
}

static struct klpcc_error *print_jobs(FILE *stream, const struct klpcc_match_batch *batch)
{
	static const struct klpcc_column columns[] = {
		{ .head = "file" },
		{ .head = "verdict" },
		{ .head = "object" },
		{ .head = "same", .right = true },
		{ .head = "weak", .right = true },
		{ .head = "absent", .right = true },
		{ .head = "different", .right = true },
	};
	const struct klpcc_table table = {
		.columns = columns,
		.column_count = sizeof(columns) / sizeof(columns[0]),
		.row_count = batch->count,
		.fill = fill_job,
		.arg = batch,
		.plain = true,
	};

	return klpcc_table_print(&table, stream);
}

static struct klpcc_error *print_total(FILE *stream,
				       const struct klpcc_match_batch *batch)
{
	size_t matching = 0, same = 0;

	for (size_t i = 0; i < batch->count; i++) {
		const struct klpcc_match_job *job = &batch->jobs[i];

		matching += !job->err && job->result.matches;
		same += job->result.functions[KLPCC_MATCH_SAME];
	}
	fprintf(stream, "%zu of %zu files match %s, %zu functions are the same\n",
		matching, batch->count, klpcc_index_release(batch->kernel->index), same);
	return NULL;
}

/* ---- all ------------------------------------------------------------------------------- */

static struct klpcc_error *print_job(FILE *stream, const struct klpcc_match_job *job)
{
	if (job->err) {
		klpcc_message(KLPCC_MESSAGE_ERROR, "%s", job->err->message);
		return NULL;
	}
	return job->result.matches ? NULL : print_differences(stream, job);
}

struct klpcc_error *klpcc_match_print(FILE *stream, const struct klpcc_match_batch *batch,
				      bool quiet)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < batch->count; i++)
		err = print_job(stream, &batch->jobs[i]);
	if (err || quiet)
		return err;
	if (batch->count > 1) {
		err = print_jobs(stream, batch);
		return err ? err : print_total(stream, batch);
	}
	if (batch->jobs->err)
		return NULL;
	err = print_functions(stream, &batch->jobs->result);
	return err ? err
		   : print_summary(stream, batch->jobs,
				   klpcc_index_release(batch->kernel->index));
}
