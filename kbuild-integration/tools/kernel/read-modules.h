/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Index reader: kernel modules, one or a tree of them, compressed or not.
 *
 * Says of each module what the running kernel would say once it is loaded: the symbols that
 * its kallsyms keeps, in that order, and its exports.
 */
#ifndef KLPCC_READ_MODULES_H
#define KLPCC_READ_MODULES_H

#include <stddef.h>

#include "../target/target.h"

/* Called from the caller's thread after each file; done counts from 1 to total. */
typedef void klpcc_progress(void *data, size_t done, size_t total);

/*
 * Reads a module (.ko, .ko.xz, .ko.zst, .ko.gz) or every module under a directory, in the
 * order of their paths. The release in each vermagic goes to klpcc_target_set_release().
 * Under a directory, a livepatch module is passed over, and a module below "updates"
 * replaces one of the same name elsewhere, as for depmod; any other second module of a
 * name is an error, and so is a module whose object already has symbols.
 *
 * The message of a failure begins with the file's name. progress may be NULL.
 */
struct klpcc_error *klpcc_read_modules(struct klpcc_target *target, const char *path,
				       klpcc_progress *progress,
				       void *data) KLPCC_MUST_CHECK;

#endif
