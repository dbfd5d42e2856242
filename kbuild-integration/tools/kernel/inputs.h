/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The search of `klpcc index --release` for what an index is made of.
 */
#ifndef KLPCC_INPUTS_H
#define KLPCC_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/error.h"

enum klpcc_vmlinux_kind {
	KLPCC_VMLINUX_NONE,
	KLPCC_VMLINUX_ELF,   /* with symbol table: --vmlinux */
	KLPCC_VMLINUX_IMAGE, /* --image */
	KLPCC_VMLINUX_KALLSYMS,
	KLPCC_VMLINUX_SYSTEM_MAP,
};

/* What to make an index of. Paths are allocated; NULL or empty is "not given". */
struct klpcc_inputs {
	enum klpcc_vmlinux_kind kind;
	char *vmlinux; /* path of the input of that kind */
	char *symvers;
	char **modules; /* files and directories */
	size_t modules_count;
	char **debug; /* files and directories with debug information */
	size_t debug_count;
	bool debug_found; /* not given, so doing without is not a failure */
	char **looked;    /* every path that the search looked at, existing or not */
	size_t looked_count;
};

void klpcc_inputs_deinit(struct klpcc_inputs *inputs);

/* path: copied. */
struct klpcc_error *klpcc_inputs_add_modules(struct klpcc_inputs *inputs,
					     const char *path) KLPCC_MUST_CHECK;

struct klpcc_error *klpcc_inputs_add_debug(struct klpcc_inputs *inputs,
					   const char *path) KLPCC_MUST_CHECK;

/*
 * Fills in what is not given yet with what the machine has for the release, the best
 * input first. sysroot: the directory that stands for "/", with or without a slash at its
 * end. Unless quiet, says on standard error what it took, and what is missing and where
 * it comes from. Finding nothing of vmlinux is an error that says what to install.
 */
struct klpcc_error *klpcc_inputs_find(struct klpcc_inputs *inputs, const char *release,
				      const char *sysroot, bool quiet) KLPCC_MUST_CHECK;

#endif
