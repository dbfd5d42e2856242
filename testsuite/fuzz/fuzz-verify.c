// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the verifier: modules of every form and of both machines, against indexes of kernels whose
 * rules differ. Whatever the bytes are, there is a verdict that its findings bear out, in lines that
 * can be printed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "index/index.h"
#include "mutate-klp.h"
#include "verify/explain.h"
#include "verify/grid.h"
#include "verify/json.h"
#include "verify/print.h"

/* libFuzzer's own mutations; driver.c needs none. */
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);

static struct klpcc_verify_kernel kernels[] = {
	{ .name = "5.10.0-klpcc" },
	{ .name = "6.1.0-klpcc" },
	{ .name = "7.3.0-klpcc" },
};
#define KERNELS (sizeof(kernels) / sizeof(kernels[0]))

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	for (size_t i = 0; i < KERNELS; i++) {
		kernels[i].path = strdup(fuzz_scratch(kernels[i].name));
		if (!kernels[i].path)
			abort();
		fuzz_write_index(kernels[i].path, kernels[i].name);
		if (!fuzz_done(klpcc_index_open(kernels[i].path, &kernels[i].index)))
			fuzz_broken("%s is not an index", kernels[i].path);
	}
	return 0;
}

/* What the findings come to. */
static enum klpcc_verdict expected(const struct klpcc_verify_result *result)
{
	enum klpcc_verdict verdict = KLPCC_VERDICT_LOADS;

	for (size_t i = 0; i < result->count; i++) {
		const struct klpcc_finding *finding = &result->findings[i];

		if (!finding->text || !*finding->text)
			fuzz_broken("finding %zu says nothing", i);
		if (finding->kind == KLPCC_FINDING_FAILS)
			verdict = KLPCC_VERDICT_REFUSED;
		else if (finding->kind == KLPCC_FINDING_UNSURE &&
			 verdict == KLPCC_VERDICT_LOADS)
			verdict = KLPCC_VERDICT_UNKNOWN;
	}
	return verdict;
}

static void verify(struct klpcc_verify_cell *cell, const uint8_t *data, size_t size,
		   bool json)
{
	FILE *stream = open_memstream(&cell->explained, &cell->explained_size);
	const struct klpcc_verify_options options = {
		.path = cell->path,
		.index = cell->kernel->index,
		.index_path = cell->kernel->path,
		.explain = json ? klpcc_explain_json : klpcc_explain_text,
		.explain_arg = stream,
	};
	struct klpcc_error *err;

	if (!stream)
		abort();
	err = klpcc_verify_memory(&options, cell->path, data, size, &cell->result);
	if (err)
		fuzz_broken("no verdict: %s", err->message);
	if (fclose(stream))
		abort();
	if (cell->result.verdict != expected(&cell->result))
		fuzz_broken("the verdict is %d, the findings say %d",
			    cell->result.verdict, expected(&cell->result));
}

static void print(const struct klpcc_verify_grid *grid, bool json)
{
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	if (!stream)
		abort();
	if (!fuzz_done(json ? klpcc_verify_print_json(stream, grid)
			    : klpcc_verify_print(stream, grid, false)) ||
	    fclose(stream))
		abort();
	fuzz_check_printable(text, size);
	if (json)
		fuzz_check_json(text, size);
	free(text);
}

/* As the command does it for one module, on one kernel or on several. */
static void verify_on(const uint8_t *data, size_t size, size_t first, size_t count,
		      bool json)
{
	char input[] = "input", *path = input;
	struct klpcc_verify_cell cells[KERNELS] = { 0 };
	const struct klpcc_verify_grid grid = {
		.kernels = &kernels[first],
		.kernel_count = count,
		.modules = &path,
		.module_count = 1,
		.cells = cells,
	};

	for (size_t i = 0; i < count; i++) {
		cells[i].path = path;
		cells[i].kernel = &grid.kernels[i];
		verify(&cells[i], data, size, json);
	}
	print(&grid, json);
	for (size_t i = 0; i < count; i++) {
		klpcc_verify_result_deinit(&cells[i].result);
		free(cells[i].explained);
	}
}

/* Most mutants stay modules, so that they get behind the first checks. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	if (seed % 4 == 0 && LLVMFuzzerMutate)
		return LLVMFuzzerMutate(data, size, max);
	return klpcc_mutate_klp(data, size, max, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_begin(size, 512);
	for (size_t i = 0; i < KERNELS; i++)
		verify_on(data, size, i, 1, i == 0);
	verify_on(data, size, 0, KERNELS, false);
	fuzz_end();
	return 0;
}
