/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Has kbuild prepare a build directory as the kernel's own was.
 */
#ifndef KLPCC_PREPARE_H
#define KLPCC_PREPARE_H

#include <stdbool.h>

#include "config.h"
#include "tree.h"

/*
 * tree: with all members set; the directory of its build is empty. headers: of the kernel, with
 * the configuration kernel. Fails where the result is configured otherwise than the kernel.
 */
struct klpcc_error *klpcc_tree_prepare(const struct klpcc_tree *tree, const char *headers,
				       const struct klpcc_config *kernel,
				       bool quiet) KLPCC_MUST_CHECK;

/* Fails where a program is missing that preparing takes, or that changes the configuration. */
struct klpcc_error *
klpcc_prepare_check(const struct klpcc_config *kernel) KLPCC_MUST_CHECK;

#endif
