// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the verifier found, for people: see print.h.
 */
#include "print.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/printable.h"

const char *klpcc_verdict_name(enum klpcc_verdict verdict)
{
	static const char *const names[] = {
		[KLPCC_VERDICT_LOADS] = "loads",
		[KLPCC_VERDICT_REFUSED] = "REFUSED",
		[KLPCC_VERDICT_UNKNOWN] = "cannot tell",
	};

	return names[verdict];
}

static const char *kind_name(enum klpcc_finding_kind kind)
{
	static const char *const names[] = {
		[KLPCC_FINDING_FAILS] = "error",
		[KLPCC_FINDING_UNSURE] = "cannot tell",
		[KLPCC_FINDING_NOTE] = "note",
	};

	return names[kind];
}

/* When it happens, where that is not the load. */
static const char *stage_text(enum klpcc_verify_stage stage)
{
	static const char *const texts[] = {
		[KLPCC_STAGE_LOAD] = "",
		[KLPCC_STAGE_ENABLE] = "when the patch is enabled: ",
		[KLPCC_STAGE_TARGET] =
			"when the module that it patches is loaded later: ",
		[KLPCC_STAGE_RUN] = "it loads, but does the wrong thing: ",
	};

	return texts[stage];
}

static void put_printable(FILE *stream, const char *text)
{
	char *shown = klpcc_printable(text);

	fputs(shown ? shown : "out of memory", stream);
	free(shown);
}

static void print_finding(FILE *stream, const struct klpcc_verify_cell *cell,
			  const struct klpcc_finding *finding)
{
	char *line = NULL;
	size_t size;
	FILE *text = open_memstream(&line, &size);

	if (!text)
		return;
	fprintf(text, "%s: %s: %s", cell->path, kind_name(finding->kind),
		finding->kind == KLPCC_FINDING_NOTE ? "" : stage_text(finding->stage));
	if (finding->section)
		fprintf(text, "section '%s': ", finding->section);
	if (finding->entry != KLPCC_NO_ENTRY)
		fprintf(text, "entry %zu: ", finding->entry);
	if (finding->symbol)
		fprintf(text, "'%s'", finding->symbol);
	if (finding->source)
		fprintf(text, "%s(%s)", finding->symbol ? " " : "", finding->source);
	fprintf(text, "%s%s", finding->symbol || finding->source ? ": " : "",
		finding->text);
	if (!fclose(text))
		put_printable(stream, line);
	free(line);
	fputc('\n', stream);
}

static const char *kernel_name(const struct klpcc_verify_cell *cell)
{
	return *cell->release ? cell->release : cell->index_path;
}

static void print_summary(FILE *stream, const struct klpcc_verify_cell *cell)
{
	const struct klpcc_verify_result *result = &cell->result;

	put_printable(stream, cell->path);
	fprintf(stream, ": %s on ", klpcc_verdict_name(result->verdict));
	put_printable(stream, kernel_name(cell));
	if (result->verdict == KLPCC_VERDICT_LOADS)
		fprintf(stream, ": %zu relocation%s, %zu function%s in %zu object%s",
			result->relocations, result->relocations == 1 ? "" : "s",
			result->functions, result->functions == 1 ? "" : "s",
			result->objects, result->objects == 1 ? "" : "s");
	fputc('\n', stream);
}

void klpcc_verify_print(FILE *stream, const struct klpcc_verify_cell *cell)
{
	for (size_t i = 0; i < cell->result.count; i++)
		print_finding(stream, cell, &cell->result.findings[i]);
	print_summary(stream, cell);
}
