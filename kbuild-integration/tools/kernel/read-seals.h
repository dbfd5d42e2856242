/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which functions of a kernel or module are sealed: with CONFIG_X86_KERNEL_IBT, objtool lists
 * the functions whose address nothing takes, and the kernel overwrites their ENDBR when it
 * starts or loads the module (apply_ibt_endbr() of arch/x86/kernel/alternative.c). A call
 * through a pointer to one of them is a fault.
 */
#ifndef KLPCC_READ_SEALS_H
#define KLPCC_READ_SEALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../elf/elf.h"
#include "read-ksymtab.h"

struct klpcc_seal {
	uint32_t section; /* of a module; 0 in a kernel */
	uint64_t offset;  /* in the section; in a kernel the link address */
};

struct klpcc_seals {
	bool known; /* false: there may be some, but not in this file */
	struct klpcc_seal *entries;
	size_t count;
};

/*
 * Of a linked kernel: section .ibt_endbr_seal, or what is between the symbols at its ends, which
 * find looks up. complete: find knows every symbol of the kernel, so that one that it does not
 * find is not there. Messages begin with the label of elf.
 */
struct klpcc_error *klpcc_read_seals(const struct klpcc_elf *elf, klpcc_find_symbol *find,
				     const void *arg, bool complete,
				     struct klpcc_seals *ret) KLPCC_MUST_CHECK;
/* Of a module, whose relocations tell. */
struct klpcc_error *klpcc_read_module_seals(struct klpcc_elf *elf,
					    struct klpcc_seals *ret) KLPCC_MUST_CHECK;
void klpcc_seals_deinit(struct klpcc_seals *seals);

bool klpcc_seals_have(const struct klpcc_seals *seals, uint32_t section, uint64_t offset);

#endif
