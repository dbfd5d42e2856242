/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The module files below a directory, for the readers of modules and of their debug information.
 */
#ifndef KLPCC_MODULE_FILES_H
#define KLPCC_MODULE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/error.h"

struct klpcc_module_file {
	char *path;
	bool update; /* below "updates", which depmod.d(5) searches first by default */
};

struct klpcc_module_files {
	struct klpcc_module_file *entries;
	size_t count, capacity;
};

/* path: copied. */
struct klpcc_error *klpcc_module_files_add(struct klpcc_module_files *files,
					   const char *path,
					   bool update) KLPCC_MUST_CHECK;
/*
 * Adds what is below a directory, sorted by path; nothing there is an error. debug: .ko.debug, too.
 * Symbolic links are left alone: those under /lib/modules lead to the kernel's headers.
 */
struct klpcc_error *klpcc_module_files_list(struct klpcc_module_files *files,
					    const char *path,
					    bool debug) KLPCC_MUST_CHECK;
void klpcc_module_files_deinit(struct klpcc_module_files *files);

#endif
