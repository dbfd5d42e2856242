// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Prints reports as tables: see report.h. Names come from a file and are printed escaped.
 */
#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "lib/printable.h"
#include "report-private.h"

enum { SYMBOL, OBJECT, POSITION, VERDICT, DECIDED, REFUSAL, COLUMNS };

#define NONE "-"

struct row {
	char *cell[COLUMNS];
};

static const struct row head_row = { { (char *)"symbol", (char *)"object",
				       (char *)"position", (char *)"verdict",
				       (char *)"decided", (char *)"refusal" } };

static void deinit_row(struct row *row)
{
	for (int i = 0; i < COLUMNS; i++)
		free(row->cell[i]);
}

static bool fill_row(struct json_object *entry, struct row *row)
{
	const char *const text[COLUMNS] = {
		[SYMBOL] = klpcc_report_text(entry, "symbol"),
		[OBJECT] = klpcc_report_text(entry, "object"),
		[POSITION] = klpcc_report_text(entry, "position"),
		[VERDICT] = klpcc_report_text(entry, "verdict"),
		[DECIDED] = klpcc_report_text(entry, "decided"),
		[REFUSAL] = klpcc_report_text(entry, "refusal"),
	};
	bool good = true;

	for (int i = 0; i < COLUMNS; i++) {
		row->cell[i] = klpcc_printable(text[i] ? text[i] : NONE);
		good = good && row->cell[i];
	}
	if (!good)
		deinit_row(row);
	return good;
}

/* Prints no blanks at the end: most rows have no refusal. */
static void print_row(const struct row *row, const int *width, FILE *stream)
{
	const int last = strcmp(row->cell[REFUSAL], NONE) ? REFUSAL : DECIDED;

	fputc(' ', stream);
	for (int i = 0; i < last; i++)
		fprintf(stream, " %-*s", width[i], row->cell[i]);
	fprintf(stream, " %s\n", row->cell[last]);
}

static void widen_columns(const struct row *row, int *width)
{
	for (int i = 0; i < COLUMNS; i++)
		if ((int)strlen(row->cell[i]) > width[i])
			width[i] = (int)strlen(row->cell[i]);
}

static struct klpcc_error *print_unit(struct json_object *unit, FILE *stream)
{
	struct json_object *externs = klpcc_report_member(unit, "externs");
	size_t count = json_object_array_length(externs), filled = 0;
	char *source = klpcc_printable(klpcc_report_text(unit, "source"));
	struct row *rows = calloc(count + 1, sizeof(*rows));
	int width[COLUMNS] = { 0 };
	struct row head = head_row;
	bool good = source && rows;

	widen_columns(&head, width);
	width[REFUSAL] = 0;
	while (good && filled < count) {
		good = fill_row(json_object_array_get_idx(externs, filled),
				&rows[filled]);
		if (good)
			widen_columns(&rows[filled++], width);
	}
	if (width[REFUSAL] <= (int)strlen(NONE))
		head.cell[REFUSAL] = (char *)NONE;
	if (good) {
		fprintf(stream, "%s\n", source);
		print_row(&head, width, stream);
		for (size_t i = 0; i < count; i++)
			print_row(&rows[i], width, stream);
	}
	while (filled)
		deinit_row(&rows[--filled]);
	free(rows);
	free(source);
	return good ? NULL : klpcc_error_nomem();
}

struct klpcc_error *klpcc_report_print(const struct klpcc_report *report, FILE *stream)
{
	struct json_object *units = klpcc_report_member(report->root, "units");
	struct klpcc_error *err = NULL;

	if (!units)
		return print_unit(report->root, stream);
	for (size_t i = 0; !err && i < json_object_array_length(units); i++)
		err = print_unit(json_object_array_get_idx(units, i), stream);
	return err;
}
