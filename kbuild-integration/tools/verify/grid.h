/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Several modules on several kernels: a cell for each of the one with each of the other.
 */
#ifndef KLPCC_VERIFY_GRID_H
#define KLPCC_VERIFY_GRID_H

#include <json-c/json_object.h>

#include "verify.h"

struct klpcc_verify_kernel {
	const char *path; /* of the index; borrowed */
	struct klpcc_index *index;
	const char *
		name; /* the release, or the path where that does not tell kernels apart */
};

/* What is asked of each cell beside its verdict. */
enum klpcc_explain_form {
	KLPCC_EXPLAIN_NOTHING,
	KLPCC_EXPLAIN_TEXT, /* explained: lines */
	KLPCC_EXPLAIN_JSON, /* explained: JSON objects, each followed by a comma */
};

/* One module and one kernel. */
struct klpcc_verify_cell {
	const char *path; /* of the module; borrowed */
	const struct klpcc_verify_kernel *kernel;
	struct klpcc_error *err; /* not NULL: there is no result */
	struct klpcc_verify_result result;
	char *explained; /* NULL when it is not asked for */
	size_t explained_size;
};

struct klpcc_verify_grid {
	struct klpcc_verify_kernel *kernels;
	size_t kernel_count;
	char **modules; /* borrowed */
	size_t module_count;
	struct klpcc_verify_cell *cells; /* those of the first module first */
};

/* Opens the indexes. To be deinitialised also when it fails. */
struct klpcc_error *klpcc_verify_grid_init(struct klpcc_verify_grid *grid, char **indexes,
					   size_t index_count, char **modules,
					   size_t module_count) KLPCC_MUST_CHECK;
/* Fills the cells, a thread for each processor. */
struct klpcc_error *
klpcc_verify_grid_run(struct klpcc_verify_grid *grid,
		      enum klpcc_explain_form explain) KLPCC_MUST_CHECK;
void klpcc_verify_grid_deinit(struct klpcc_verify_grid *grid);

/*
 * The verdict on all: one that is refused outweighs what cannot be told, and any error is as what
 * cannot be told.
 */
enum klpcc_verdict klpcc_verify_grid_verdict(const struct klpcc_verify_grid *grid);

#endif
