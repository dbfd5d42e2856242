/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Would a tree make the code of the kernel that it is for?
 */
#ifndef KLPCC_TREE_JUDGE_H
#define KLPCC_TREE_JUDGE_H

#include <stdbool.h>

#include "config.h"
#include "tree.h"

/* The tree's include/generated/autoconf.h. */
struct klpcc_error *klpcc_tree_config(const struct klpcc_tree *tree,
				      struct klpcc_config *ret) KLPCC_MUST_CHECK;

/* The name by which the kernel's build called the compiler. *ret is malloc()ed. */
struct klpcc_error *klpcc_tree_compiler_name(const struct klpcc_config *kernel,
					     char **ret) KLPCC_MUST_CHECK;

/*
 * The compiler that is here against the one that the configuration was made with: another version
 * is an error. tell: say so where only the package is another one.
 */
struct klpcc_error *klpcc_tree_check_compiler(const struct klpcc_tree *tree,
					      const struct klpcc_config *config,
					      bool tell) KLPCC_MUST_CHECK;

/* Whether an option tells of a tool only, and no C is chosen by it. */
bool klpcc_tree_is_tool_option(const char *name);

/*
 * The tree's configuration against the kernel's. Options that differ are shown one by one before
 * the error, with what to do. tell: say so where only versions of tools differ, too.
 */
struct klpcc_error *klpcc_tree_check_config(const struct klpcc_config *config,
					    const struct klpcc_config *kernel,
					    bool tell) KLPCC_MUST_CHECK;

#endif
