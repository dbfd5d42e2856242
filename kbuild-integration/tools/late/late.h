/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Late relocations: what the kernel has read or rewritten before relocations that wait for another
 * module are applied. The final link and the verifier ask here.
 *
 * Which sections these are follows from the order in load_module() of the kernel's
 * kernel/module/main.c: relocations that wait for vmlinux are applied there with all
 * others; those that wait for a module are not applied before klp_enable_patch(), which the
 * patch module's init function calls.
 */
#ifndef KLPCC_LATE_H
#define KLPCC_LATE_H

#include "../elf/arch.h"
#include "../elf/elf.h"

/* The rule for a section that would be relocated, or NULL. */
const struct klpcc_special_section *klpcc_late_special(const struct klpcc_arch *arch,
						       const char *name);

/* Code that is rewritten. */
struct klpcc_late_range {
	size_t section;      /* that it is in */
	uint64_t start, end; /* from the section's beginning */
	uint64_t reach;      /* the last end up to here, of those in the section */
	const struct klpcc_rewrite *rewrite;
	size_t list;  /* the section that lists it */
	size_t entry; /* there */
};

struct klpcc_late_ranges {
	struct klpcc_late_range *entries; /* sorted by section and start */
	size_t count, capacity;
};

/*
 * Reads the lists of such code, with all relocations that they have: ordinary ones, and klp
 * ones of a finished module. ret is the caller's, to be given to klpcc_late_deinit().
 */
struct klpcc_error *klpcc_late_read(struct klpcc_elf *elf, const struct klpcc_arch *arch,
				    struct klpcc_late_ranges *ret) KLPCC_MUST_CHECK;
void klpcc_late_deinit(struct klpcc_late_ranges *ranges);

/* The range that has one of those bytes; of several, the one that begins last. NULL: none. */
const struct klpcc_late_range *klpcc_late_find(const struct klpcc_late_ranges *ranges,
					       size_t section, uint64_t offset,
					       unsigned int width);

#endif
