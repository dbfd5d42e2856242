// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Several modules on several kernels: see grid.h.
 */
#include "grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "lib/workers.h"

/* Two indexes may be of one release: then only the paths tell them apart. */
static void name_kernels(struct klpcc_verify_grid *grid)
{
	for (size_t i = 0; i < grid->kernel_count; i++) {
		struct klpcc_verify_kernel *kernel = &grid->kernels[i];
		const char *release = klpcc_index_release(kernel->index);

		kernel->name = *release ? release : kernel->path;
		for (size_t k = 0; k < grid->kernel_count; k++)
			if (k != i &&
			    !strcmp(klpcc_index_release(grid->kernels[k].index), release))
				kernel->name = kernel->path;
	}
}

static void make_cells(struct klpcc_verify_grid *grid)
{
	for (size_t i = 0; i < grid->module_count; i++)
		for (size_t k = 0; k < grid->kernel_count; k++)
			grid->cells[i * grid->kernel_count + k] =
				(struct klpcc_verify_cell){
					.path = grid->modules[i],
					.kernel = &grid->kernels[k],
				};
}

struct klpcc_error *klpcc_verify_grid_init(struct klpcc_verify_grid *grid, char **indexes,
					   size_t index_count, char **modules,
					   size_t module_count)
{
	struct klpcc_error *err = NULL;

	*grid = (struct klpcc_verify_grid){
		.kernels = calloc(index_count, sizeof(*grid->kernels)),
		.modules = modules,
		.cells = calloc(index_count * module_count, sizeof(*grid->cells)),
	};
	if (!grid->kernels || !grid->cells)
		return klpcc_error_nomem();
	for (size_t i = 0; !err && i < index_count; i++) {
		grid->kernels[i].path = indexes[i];
		err = klpcc_index_open(indexes[i], &grid->kernels[i].index);
		grid->kernel_count += !err;
	}
	if (err)
		return err;
	grid->module_count = module_count;
	name_kernels(grid);
	make_cells(grid);
	return NULL;
}

/* ---- the verdicts ---------------------------------------------------------------------- */

struct work {
	struct klpcc_verify_grid *grid;
	enum klpcc_explain_form explain;
};

static struct klpcc_error *fill_cell(struct klpcc_verify_cell *cell,
				     enum klpcc_explain_form explain)
{
	struct klpcc_verify_options options = {
		.path = cell->path,
		.index = cell->kernel->index,
		.index_path = cell->kernel->path,
	};
	struct klpcc_error *err;
	FILE *stream;

	if (explain == KLPCC_EXPLAIN_NOTHING)
		return klpcc_verify(&options, &cell->result);
	stream = open_memstream(&cell->explained, &cell->explained_size);
	if (!stream)
		return klpcc_error_nomem();
	options.explain =
		explain == KLPCC_EXPLAIN_JSON ? klpcc_explain_json : klpcc_explain_text;
	options.explain_arg = stream;
	err = klpcc_verify(&options, &cell->result);
	if (fclose(stream) && !err)
		err = klpcc_error_nomem();
	return err;
}

static void verify_cell(void *data, size_t number)
{
	const struct work *work = data;
	struct klpcc_verify_cell *cell = &work->grid->cells[number];

	cell->err = fill_cell(cell, work->explain);
}

struct klpcc_error *klpcc_verify_grid_run(struct klpcc_verify_grid *grid,
					  enum klpcc_explain_form explain)
{
	struct work work = { .grid = grid, .explain = explain };
	struct klpcc_error *err = NULL;

	klpcc_workers_run("modules", grid->kernel_count * grid->module_count, verify_cell,
			  &work);
	for (size_t i = 0; !err && i < grid->kernel_count; i++)
		err = klpcc_index_check_unchanged(grid->kernels[i].index);
	return err;
}

void klpcc_verify_grid_deinit(struct klpcc_verify_grid *grid)
{
	for (size_t i = 0; i < grid->kernel_count * grid->module_count; i++) {
		klpcc_error_free(grid->cells[i].err);
		klpcc_verify_result_deinit(&grid->cells[i].result);
		free(grid->cells[i].explained);
	}
	for (size_t i = 0; i < grid->kernel_count; i++)
		klpcc_index_close(grid->kernels[i].index);
	free(grid->cells);
	free(grid->kernels);
}

enum klpcc_verdict klpcc_verify_grid_verdict(const struct klpcc_verify_grid *grid)
{
	enum klpcc_verdict verdict = KLPCC_VERDICT_LOADS;

	for (size_t i = 0; i < grid->kernel_count * grid->module_count; i++) {
		const struct klpcc_verify_cell *cell = &grid->cells[i];

		if (!cell->err && cell->result.verdict == KLPCC_VERDICT_REFUSED)
			return KLPCC_VERDICT_REFUSED;
		if (cell->err || cell->result.verdict == KLPCC_VERDICT_UNKNOWN)
			verdict = KLPCC_VERDICT_UNKNOWN;
	}
	return verdict;
}
