/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs kbuild in a tree, always with the same variables: what the tree is built with.
 */
#ifndef KLPCC_KBUILD_H
#define KLPCC_KBUILD_H

#include <stdbool.h>

#include "../lib/words.h"
#include "saved-command.h"
#include "tree.h"

/*
 * Makes targets, NULL at their end. keep_going: also those that come after one that fails. One
 * run at a time: the directory of the build is locked meanwhile. On failure the end of what kbuild
 * said is on standard error, unless it is silent.
 */
struct klpcc_error *klpcc_kbuild_run(const struct klpcc_tree *tree,
				     const char *const *targets, bool keep_going,
				     bool silent) KLPCC_MUST_CHECK;

/*
 * Reads how kbuild made a target, relative to the directory of the build, or of the modules outside
 * of the tree. klpcc_kbuild_objects() is that directory.
 */
struct klpcc_error *klpcc_kbuild_saved(const struct klpcc_tree *tree, const char *target,
				       struct klpcc_saved_command *ret) KLPCC_MUST_CHECK;
const char *klpcc_kbuild_objects(const struct klpcc_tree *tree);

/* The environment of such a run. */
struct klpcc_error *klpcc_kbuild_environment(const struct klpcc_tree *tree,
					     struct klpcc_words *ret) KLPCC_MUST_CHECK;

/* CROSS_COMPILE of a compiler: "/opt/bin/s390x-linux-gnu-" of "ccache /opt/bin/s390x-linux-gnu-gcc-12". */
struct klpcc_error *klpcc_kbuild_cross(const char *compiler, char **ret) KLPCC_MUST_CHECK;

#endif
