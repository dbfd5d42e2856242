/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of a source tree, and what is made of them for the matcher: kbuild's objects, and the
 * plugin's observation.
 */
#ifndef KLPCC_MATCH_SOURCES_H
#define KLPCC_MATCH_SOURCES_H

#include "../tree/tree.h"
#include "batch.h"

struct klpcc_match_sources {
	struct klpcc_tree *tree;
	struct klpcc_tree_command *commands; /* one for each, zero where there is none */
	size_t count;
};

/*
 * Opens the tree, or for module the modules outside of it (see tree.h), and has kbuild compile the
 * files. Fills in jobs, count of them: a file that
 * cannot be compiled has an error.
 */
struct klpcc_error *
klpcc_match_sources_open(const char *tree, const char *module, char *const *sources,
			 size_t count, struct klpcc_match_job *jobs,
			 struct klpcc_match_sources *ret) KLPCC_MUST_CHECK;
/* Harmless on one that is zero. */
void klpcc_match_sources_close(struct klpcc_match_sources *sources);

/*
 * Compiles one of the files again, with the plugin: its object, as it is before what kbuild
 * runs after the compiler, and what the plugin observes. number: of the file. Paths are
 * absolute.
 */
struct klpcc_error *klpcc_match_observe_file(const struct klpcc_match_sources *sources,
					     size_t number, const char *object,
					     const char *observation) KLPCC_MUST_CHECK;

/*
 * The same for the first file, and for the observation alone, which is in a temporary file. *ret:
 * its path, for klpcc_match_discard_observation().
 */
struct klpcc_error *klpcc_match_observe(const struct klpcc_match_sources *sources,
					char **ret) KLPCC_MUST_CHECK;
/* Removes the file. Harmless on NULL. */
void klpcc_match_discard_observation(char *path);

#endif
