// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of reports: what it takes is printed, and becomes part of a module's report,
 * which is taken again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "lib/file.h"
#include "report/report.h"

/* The release of the seeds: others are refused. */
#define RELEASE "6.1.0-klpcc"

static void print(const struct klpcc_report *report)
{
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	if (!stream || klpcc_report_print(report, stream))
		abort();
	fclose(stream);
	fuzz_read(text, size);
	free(text);
}

static void join(struct klpcc_report *unit)
{
	const char *path = fuzz_scratch("module.json");
	struct klpcc_report *module;

	if (!fuzz_done(klpcc_report_create("module", RELEASE, &module)))
		abort();
	if (fuzz_done(klpcc_report_add(module, unit, "/work"))) {
		struct klpcc_report *again;

		if (!fuzz_done(klpcc_report_write(module, path)) ||
		    !fuzz_done(klpcc_report_read(path, &again)))
			fuzz_broken("what was written is no report");
		print(again);
		klpcc_report_free(again);
	}
	klpcc_report_free(module);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct klpcc_report *report;

	fuzz_begin(size, 512);
	if (fuzz_done(klpcc_report_parse("input", data, size, &report))) {
		print(report);
		join(report);
		klpcc_report_free(report);
	}
	fuzz_end();
	return 0;
}
