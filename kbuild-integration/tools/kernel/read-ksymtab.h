/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exports of vmlinux from the tables that the module loader reads, for the readers of images
 * and of vmlinux.
 */
#ifndef KLPCC_READ_KSYMTAB_H
#define KLPCC_READ_KSYMTAB_H

#include <stdbool.h>
#include <stdint.h>

#include "../elf/elf.h"
#include "../target/target.h"

/* Link address of a symbol of vmlinux; false when it has none of that name. */
typedef bool klpcc_find_symbol(const void *arg, const char *name, uint64_t *address);

/*
 * Adds every export of vmlinux to the target. The tables are taken by their section
 * names, or, where the file has no section table, between the symbols at their ends. A
 * file with neither is an error. Messages begin with the label of elf.
 */
struct klpcc_error *klpcc_read_ksymtab(struct klpcc_target *target,
				       const struct klpcc_elf *elf,
				       klpcc_find_symbol *find,
				       const void *arg) KLPCC_MUST_CHECK;

#endif
