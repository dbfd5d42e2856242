/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a module of the kernel takes from other modules: a patch of it may take the same, as these
 * are loaded whenever the module is.
 */
#ifndef KLPCC_MATCH_IMPORTS_H
#define KLPCC_MATCH_IMPORTS_H

#include "kernel.h"

struct klpcc_match_import {
	const char *name;     /* in the module's file */
	const char *exporter; /* a module's name, in the index */
};

struct klpcc_match_imports {
	struct klpcc_match_import *entries;
	size_t count;
	const char **namespaces; /* that it imports; in the module's file */
	size_t namespace_count;
};

/* object: "vmlinux", which imports nothing, or a module's name. */
struct klpcc_error *
klpcc_match_read_imports(struct klpcc_match_kernel *kernel, const char *object,
			 struct klpcc_match_imports *ret) KLPCC_MUST_CHECK;
void klpcc_match_imports_deinit(struct klpcc_match_imports *imports);

#endif
