/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Index reader: files with debug information, for an index that is made of an image, kallsyms or a
 * System.map, none of which tells the source files of symbols.
 */
#ifndef KLPCC_READ_DEBUG_H
#define KLPCC_READ_DEBUG_H

#include "read-modules.h"
#include "../target/target.h"

/*
 * Adds source files to the symbols of a target that is otherwise complete, from a vmlinux
 * or a module with symbol table and, best, DWARF, or from every module under a directory
 * that the target has. A file of another build than the target's object is an error, and
 * so is a single module that the target does not have. The message of a failure begins
 * with the file's name. progress may be NULL.
 */
struct klpcc_error *klpcc_read_debug(struct klpcc_target *target, const char *path,
				     klpcc_progress *progress,
				     void *data) KLPCC_MUST_CHECK;

#endif
