/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Index reader: a vmlinux with its symbol table, as a kernel build or a debug package has it.
 */
#ifndef KLPCC_READ_ELF_H
#define KLPCC_READ_ELF_H

#include "../elf/elf.h"
#include "../target/target.h"

/*
 * Fills object vmlinux: the symbols that the kernel's kallsyms has, by address, with the
 * type, binding and source file that only the symbol table knows; exports, build id and
 * release. The message of a failure begins with the file's name.
 */
struct klpcc_error *klpcc_read_vmlinux(struct klpcc_target *target,
				       const char *path) KLPCC_MUST_CHECK;

/*
 * Sets the release that a linked kernel says (linux_banner). A file that does not say it is an
 * error only when required.
 */
struct klpcc_error *klpcc_read_release(struct klpcc_target *target, struct klpcc_elf *elf,
				       bool required) KLPCC_MUST_CHECK;

#endif
