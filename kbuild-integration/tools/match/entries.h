/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The tables that the kernel has of code, entry by entry, for `klpcc match --against`: a
 * function is not the same if what the kernel does with its instructions is not.
 */
#ifndef KLPCC_MATCH_ENTRIES_H
#define KLPCC_MATCH_ENTRIES_H

#include "shape.h"

struct klpcc_entry {
	size_t section; /* of the code that it is about */
	uint64_t offset;
	size_t list; /* the section of the table */
	uint64_t at; /* where in it */
	uint32_t size;
};

struct klpcc_entries {
	const struct klpcc_shape *shape;
	struct klpcc_entry *entries; /* by section and offset of the code */
	size_t count, capacity;
};

/* shape: borrowed. Fails when a table is of a format that is not known. */
struct klpcc_error *klpcc_entries_init(const struct klpcc_shape *shape,
				       struct klpcc_entries *ret) KLPCC_MUST_CHECK;
/* Harmless on one that is zero. */
void klpcc_entries_deinit(struct klpcc_entries *entries);

/*
 * Whether code in the one range and the other has the same entries; else *list is the name of the
 * table.
 */
bool klpcc_entries_are_same(const struct klpcc_entries *a,
			    const struct klpcc_shape_range *left,
			    const struct klpcc_entries *b,
			    const struct klpcc_shape_range *right, uint64_t *work,
			    const char **list);

#endif
