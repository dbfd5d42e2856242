/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The name of a kernel's package in its code. Debian's kernels have LINUX_PACKAGE_ID,
 * " Debian 6.1.192-2", which kbuild makes of three variables whenever it runs. The headers have the
 * file that it made for the kernel.
 */
#ifndef KLPCC_TREE_PACKAGE_ID_H
#define KLPCC_TREE_PACKAGE_ID_H

#include <stdbool.h>

#include "../lib/error.h"
#include "../lib/words.h"

/* Takes the file of the headers into the build directory; the headers may have none. */
struct klpcc_error *klpcc_package_id_copy(const char *headers,
					  const char *build) KLPCC_MUST_CHECK;

/* Adds the variables that make kbuild write the build directory's file again as it is. */
struct klpcc_error *
klpcc_package_id_add(const char *build, struct klpcc_words *environment) KLPCC_MUST_CHECK;

/* Whether the variable NAME=VALUE is one of them. */
bool klpcc_package_id_has(const char *entry);

#endif
