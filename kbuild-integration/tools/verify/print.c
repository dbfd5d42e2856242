// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the verifier found, for people: see print.h.
 */
#include "print.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/file.h"
#include "../lib/message.h"
#include "../lib/printable.h"
#include "../lib/table.h"

static const char *verdict_name(const struct klpcc_verify_cell *cell)
{
	static const char *const names[] = {
		[KLPCC_VERDICT_LOADS] = "loads",
		[KLPCC_VERDICT_REFUSED] = "REFUSED",
		[KLPCC_VERDICT_UNKNOWN] = "cannot tell",
	};

	return cell->err ? "error" : names[cell->result.verdict];
}

/* ---- findings -------------------------------------------------------------------------- */

static const enum klpcc_message_kind message_kind[] = {
	[KLPCC_FINDING_FAILS] = KLPCC_MESSAGE_ERROR,
	[KLPCC_FINDING_UNSURE] = KLPCC_MESSAGE_WARNING,
	[KLPCC_FINDING_WARNING] = KLPCC_MESSAGE_WARNING,
	[KLPCC_FINDING_NOTE] = KLPCC_MESSAGE_NOTE,
};

/* When it takes effect, where that is not the load. */
static void put_stage(FILE *text, const struct klpcc_finding *finding)
{
	switch (finding->stage) {
	case KLPCC_STAGE_LOAD:
		break;
	case KLPCC_STAGE_ENABLE:
		fputs("when the patch is enabled: ", text);
		break;
	case KLPCC_STAGE_TARGET:
		fprintf(text, "when module %s is there: ", finding->target);
		break;
	case KLPCC_STAGE_COMING:
		fprintf(text,
			"when module %s is loaded after the patch: ", finding->target);
		break;
	case KLPCC_STAGE_RUN:
		fputs(finding->kind == KLPCC_FINDING_WARNING
			      ? "it loads, but "
			      : "it loads, but does the wrong thing: ",
		      text);
		break;
	}
}

static void put_finding(FILE *text, const struct klpcc_finding *finding)
{
	if (finding->kind == KLPCC_FINDING_UNSURE)
		fputs("cannot tell: ", text);
	if (finding->kind != KLPCC_FINDING_NOTE)
		put_stage(text, finding);
	if (finding->section)
		fprintf(text, "section '%s': ", finding->section);
	if (finding->entry != KLPCC_NO_ENTRY)
		fprintf(text, "entry %zu: ", finding->entry);
	if (finding->symbol)
		fprintf(text, "'%s'%s", finding->symbol, finding->source ? " " : ": ");
	if (finding->source)
		fprintf(text, "(%s): ", finding->source);
	fputs(finding->text, text);
}

/* more: how many others there are that are not printed. */
static struct klpcc_error *print_finding(FILE *stream, const char *about,
					 const struct klpcc_finding *finding, size_t more)
{
	char *line = NULL;
	size_t size;
	FILE *text = open_memstream(&line, &size);

	if (!text)
		return klpcc_error_nomem();
	put_finding(text, finding);
	if (more)
		fprintf(text, " (and %zu more)", more);
	if (fclose(text)) {
		free(line);
		return klpcc_error_nomem();
	}
	klpcc_print_line(stream, about, message_kind[finding->kind], line);
	free(line);
	return NULL;
}

/* ---- one kernel ------------------------------------------------------------------------ */

static struct klpcc_error *print_summary(FILE *stream,
					 const struct klpcc_verify_cell *cell)
{
	const struct klpcc_verify_result *result = &cell->result;
	char *text;
	int length;

	if (result->verdict == KLPCC_VERDICT_LOADS &&
	    (result->relocations || result->functions))
		length = asprintf(
			&text,
			"loads on %s: %zu relocation%s, %zu function%s in %zu object%s",
			cell->kernel->name, result->relocations,
			result->relocations == 1 ? "" : "s", result->functions,
			result->functions == 1 ? "" : "s", result->objects,
			result->objects == 1 ? "" : "s");
	else
		length = asprintf(&text, "%s on %s", verdict_name(cell),
				  cell->kernel->name);
	if (length < 0)
		return klpcc_error_nomem();
	klpcc_print_line(stream, cell->path, KLPCC_MESSAGE_PLAIN, text);
	free(text);
	return NULL;
}

static struct klpcc_error *print_cell(FILE *stream, const struct klpcc_verify_cell *cell,
				      bool quiet)
{
	struct klpcc_error *err = NULL;

	if (cell->err) {
		klpcc_message(KLPCC_MESSAGE_ERROR, "%s", cell->err->message);
		return NULL;
	}
	if (cell->explained)
		fwrite(cell->explained, 1, cell->explained_size, stream);
	for (size_t i = 0; !err && i < cell->result.count; i++) {
		const struct klpcc_finding *finding = &cell->result.findings[i];

		if (!quiet || finding->kind != KLPCC_FINDING_NOTE)
			err = print_finding(stream, cell->path, finding, 0);
	}
	if (err || (quiet && cell->result.verdict == KLPCC_VERDICT_LOADS))
		return err;
	return print_summary(stream, cell);
}

/* ---- several kernels ------------------------------------------------------------------- */

/*
 * Of the findings that decided the verdict the one that the kernel comes to first; *more: how many
 * others there are.
 */
static const struct klpcc_finding *first_reason(const struct klpcc_verify_result *result,
						size_t *more)
{
	enum klpcc_finding_kind kind = result->verdict == KLPCC_VERDICT_REFUSED
					       ? KLPCC_FINDING_FAILS
					       : KLPCC_FINDING_UNSURE;
	const struct klpcc_finding *first = NULL;

	*more = 0;
	for (size_t i = 0; i < result->count; i++) {
		const struct klpcc_finding *finding = &result->findings[i];

		if (finding->kind != kind)
			continue;
		*more += first != NULL;
		if (!first || finding->stage < first->stage)
			first = finding;
	}
	return first;
}

static struct klpcc_error *print_reason(FILE *stream,
					const struct klpcc_verify_cell *cell)
{
	const struct klpcc_finding *first;
	struct klpcc_error *err;
	size_t more;
	char *about;

	if (cell->err) {
		klpcc_message(KLPCC_MESSAGE_ERROR, "%s", cell->err->message);
		return NULL;
	}
	first = first_reason(&cell->result, &more);
	if (cell->result.verdict == KLPCC_VERDICT_LOADS || !first)
		return NULL;
	if (asprintf(&about, "%s: on %s", cell->path, cell->kernel->name) < 0)
		return klpcc_error_nomem();
	err = print_finding(stream, about, first, more);
	free(about);
	return err;
}

/* ---- the table ------------------------------------------------------------------------- */

/* There are more rows than columns, so that the table of one module for many kernels is narrow. */
static bool has_row_per_kernel(const struct klpcc_verify_grid *grid)
{
	return grid->kernel_count > grid->module_count;
}

static const char *module_name(const struct klpcc_verify_grid *grid, size_t number)
{
	return klpcc_base_name(grid->modules[number]);
}

static void fill_row(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct klpcc_verify_grid *grid = arg;
	bool is_kernel = has_row_per_kernel(grid);
	size_t count = is_kernel ? grid->module_count : grid->kernel_count;

	klpcc_row_string(row, is_kernel ? grid->kernels[number].name
					: module_name(grid, number));
	klpcc_row_end_cell(row);
	for (size_t i = 0; i < count; i++) {
		size_t module = is_kernel ? i : number, kernel = is_kernel ? number : i;
		size_t cell = module * grid->kernel_count + kernel;

		klpcc_row_string(row, verdict_name(&grid->cells[cell]));
		klpcc_row_end_cell(row);
	}
}

static struct klpcc_error *make_heads(const struct klpcc_verify_grid *grid,
				      struct klpcc_column *columns, size_t count)
{
	bool are_modules = has_row_per_kernel(grid);

	columns[0].head = are_modules ? "kernel" : "module";
	for (size_t i = 1; i < count; i++) {
		columns[i].head =
			klpcc_printable(are_modules ? module_name(grid, i - 1)
						    : grid->kernels[i - 1].name);
		if (!columns[i].head)
			return klpcc_error_nomem();
	}
	return NULL;
}

static struct klpcc_error *print_table(FILE *stream, const struct klpcc_verify_grid *grid)
{
	bool is_kernel = has_row_per_kernel(grid);
	size_t count = 1 + (is_kernel ? grid->module_count : grid->kernel_count);
	struct klpcc_column *columns = calloc(count, sizeof(*columns));
	const struct klpcc_table table = {
		.columns = columns,
		.column_count = count,
		.row_count = is_kernel ? grid->kernel_count : grid->module_count,
		.fill = fill_row,
		.arg = grid,
		.plain = true,
	};
	struct klpcc_error *err;

	if (!columns)
		return klpcc_error_nomem();
	err = make_heads(grid, columns, count);
	if (!err)
		err = klpcc_table_print(&table, stream);
	for (size_t i = 1; i < count; i++)
		free((char *)columns[i].head);
	free(columns);
	return err;
}

struct klpcc_error *klpcc_verify_print(FILE *stream, const struct klpcc_verify_grid *grid,
				       bool quiet)
{
	size_t count = grid->kernel_count * grid->module_count;
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < count; i++)
		err = grid->kernel_count > 1 ? print_reason(stream, &grid->cells[i])
					     : print_cell(stream, &grid->cells[i], quiet);
	return err || grid->kernel_count == 1 ? err : print_table(stream, grid);
}
