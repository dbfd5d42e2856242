/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Index reader: a vmlinux with its symbol table, as a kernel build or a debug package has it.
 */
#ifndef KLPCC_READ_ELF_H
#define KLPCC_READ_ELF_H

#include "target.h"

/*
 * Fills object vmlinux: the symbols that the kernel's kallsyms has, by address, with the
 * type, binding and source file that only the symbol table knows; exports, build id and
 * release. The message of a failure begins with the file's name.
 */
struct klpcc_error *klpcc_read_vmlinux(struct klpcc_target *target,
				       const char *path) KLPCC_MUST_CHECK;

#endif
