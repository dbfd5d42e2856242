/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a kernel or module lists of its functions:
 *
 * - Which are sealed: with CONFIG_X86_KERNEL_IBT, objtool lists the functions whose address
 *   nothing takes, and the kernel overwrites their ENDBR when it starts or loads the module
 *   (apply_ibt_endbr() of arch/x86/kernel/alternative.c). A call through a pointer to one of them
 *   is a fault.
 * - Which ftrace can redirect, and so livepatch: the places of their calls of __fentry__
 *   (MCOUNT_REC of include/asm-generic/vmlinux.lds.h, ftrace_init() and ftrace_module_init() of
 *   kernel/trace/ftrace.c).
 */
#ifndef KLPCC_READ_FUNCTIONS_H
#define KLPCC_READ_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../elf/elf.h"
#include "read-ksymtab.h"

struct klpcc_place {
	uint32_t section; /* of a module; 0 in a kernel */
	uint64_t offset;  /* in the section; in a kernel the link address */
};

struct klpcc_places {
	bool known; /* false: there may be some, but not in this file */
	struct klpcc_place *entries;
	size_t count;
};

struct klpcc_functions {
	struct klpcc_places seals;
	struct klpcc_places
		entries; /* of functions that ftrace can redirect: first bytes */
};

/*
 * Of a linked kernel: sections, or what is between the symbols at their ends, which find looks
 * up. complete: find knows every symbol of the kernel, so that one that it does not find is not
 * there. Messages begin with the label of elf.
 */
struct klpcc_error *klpcc_read_functions(const struct klpcc_elf *elf,
					 klpcc_find_symbol *find, const void *arg,
					 bool complete,
					 struct klpcc_functions *ret) KLPCC_MUST_CHECK;
/* Of a module, whose relocations tell. */
struct klpcc_error *
klpcc_read_module_functions(struct klpcc_elf *elf,
			    struct klpcc_functions *ret) KLPCC_MUST_CHECK;
void klpcc_functions_deinit(struct klpcc_functions *functions);

bool klpcc_is_sealed(const struct klpcc_functions *functions, uint32_t section,
		     uint64_t offset);
bool klpcc_is_patchable(const struct klpcc_functions *functions, uint32_t section,
			uint64_t offset);

#endif
